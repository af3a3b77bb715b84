import type { Span } from '../codec.ts'

/**
 * How many bytes the number at the head of a value takes: an integer itself, a length, a count, a tag.
 * 0 where the first byte holds it.
 */
export type Width = 0 | 1 | 2 | 4 | 8

/**
 * One value of CBOR or MessagePack with the form it is written in, so that nothing about its bytes is left open.
 * It stands at a span of the frame or of the notation it was read from; both are made from it alone.
 */
export type WireValue = Span & WireContent

export type WireContent =
  | WireInteger
  | WireFloat
  | WireText
  | WireBytes
  | WireExtension
  | WireChunks
  | WireArray
  | WireMap
  | WireTag
  | WireEmbedded
  | WireUnread
  /** A simple value by its number in CBOR; MessagePack has three of them. */
  | { readonly kind: 'simple'; readonly value: number }

export interface WireInteger {
  readonly kind: 'integer'
  readonly value: number | bigint
  readonly width: Width
  /** Whether it has one of MessagePack's forms for signed integers; CBOR has none. */
  readonly signed: boolean
}

export interface WireFloat {
  readonly kind: 'float'
  readonly value: number
  readonly width: FloatWidth
  /** The bits of a NaN other than the usual one, which a number cannot carry. */
  readonly bits?: bigint
}

export type FloatWidth = 2 | 4 | 8

export interface WireText {
  readonly kind: 'text'
  /** The text itself, or its bytes in UTF-8 where they are many or none of it; see `textOf`. */
  readonly content: string | Uint8Array
  /** How many bytes it has. */
  readonly size: number
  readonly width: Width
}

export interface WireBytes {
  readonly kind: 'bytes'
  readonly bytes: Uint8Array
  readonly width: Width
  /** What is odd about it. */
  readonly note?: string
}

/** MessagePack: bytes of a type of the application's own. */
export interface WireExtension {
  readonly kind: 'extension'
  readonly type: number
  readonly bytes: Uint8Array
  readonly width: Width
}

/** CBOR: a string of indefinite length, in the parts it came in. */
export interface WireChunks extends Breakable {
  readonly kind: 'chunks'
  readonly of: 'text' | 'bytes'
  readonly chunks: readonly WireValue[]
}

export interface WireArray extends Breakable {
  readonly kind: 'array'
  readonly items: readonly WireValue[]
  readonly width: Width | 'indefinite'
}

export interface WireMap extends Breakable {
  readonly kind: 'map'
  readonly entries: readonly WireEntry[]
  readonly width: Width | 'indefinite'
}

export interface WireEntry {
  readonly key: WireValue
  readonly value: WireValue
}

export interface WireTag extends Breakable {
  readonly kind: 'tag'
  readonly tag: number | bigint
  readonly width: Width
  readonly inner: WireValue
}

/** CBOR: a byte string whose `length` bytes are these values. */
export interface WireEmbedded {
  readonly kind: 'embedded'
  readonly items: readonly WireValue[]
  readonly length: number
  readonly width: Width
}

/** Where reading stopped: a value that is missing, begun, or no value at all. Never in a whole frame. */
export interface WireUnread {
  readonly kind: 'unread'
  readonly type: string
  /** What there is of it; undefined when that is nothing. */
  readonly bytes: Uint8Array | undefined
  /** Whether the bytes are the beginning of a text. */
  readonly isText: boolean
  readonly note: string
}

/** What can be read in part; of a whole value neither is there. */
interface Breakable {
  readonly cut?: true
  /** How many items or entries there should have been, where that is known. */
  readonly announced?: number | bigint
}

/** The number of the suffix `_0`, `_1`, `_2`, `_3` by the width it stands for. */
export const indicators: Readonly<Record<Width, string>> = { 0: '', 1: '_0', 2: '_1', 4: '_2', 8: '_3' }

/** How many items or entries the head of a container tells of. */
export function announcedSize(value: WireArray | WireMap): number | bigint {
  return value.announced ?? (value.kind === 'array' ? value.items : value.entries).length
}
