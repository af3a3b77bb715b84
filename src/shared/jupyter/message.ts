import type { Frame } from '../message.ts'

/** Between the routing ids of a message and its content. */
export const delimiter = '<IDS|MSG>'

/** What of a message is signed, and where the signature is. */
export interface SignedParts {
  /** The place of the signature, from 0. */
  readonly signature: number
  /** Header, parent header, metadata and content, as they were sent. */
  readonly signed: readonly Frame[]
}

const delimiterBytes = Array.from(delimiter, (letter) => letter.charCodeAt(0))

const isDelimiter = (frame: Frame): boolean =>
  frame.byteLength === delimiterBytes.length && delimiterBytes.every((byte, place) => frame[place] === byte)

/**
 * The parts of a message of Jupyter, wherever its delimiter is; null for another message.
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
export function signedParts(frames: readonly Frame[]): SignedParts | null {
  const place = frames.findIndex(isDelimiter)
  const signed = frames.slice(place + 2, place + 6)
  return place < 0 || signed.length < 4 ? null : { signature: place + 1, signed }
}

/** Whether a message has the signature of a key; `none` where it is no message of Jupyter, `no-key` where the key is gone. */
export type SignatureCheck = 'valid' | 'wrong' | 'none' | 'no-key'
