import type { Span } from '../codec.ts'

/**
 * Width in bytes of the number in a value's head: an integer itself, a length, a count or a tag. 0 when the first byte
 * holds it.
 */
export type Width = 0 | 1 | 2 | 4 | 8

/**
 * One value of CBOR or MessagePack in its encoded form, which determines its bytes completely. It has a span in the
 * frame or notation that it was read from; both can be produced from it alone.
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
  /** A simple value by its CBOR number; MessagePack has three of them. */
  | { readonly kind: 'simple'; readonly value: number }

export interface WireInteger {
  readonly kind: 'integer'
  readonly value: number | bigint
  readonly width: Width
  /** Whether it has one of MessagePack's signed integer forms; CBOR has none. */
  readonly signed: boolean
}

export interface WireFloat {
  readonly kind: 'float'
  readonly value: number
  readonly width: FloatWidth
  /** The bits of a NaN other than the default one, which a number cannot carry. */
  readonly bits?: bigint
}

export type FloatWidth = 2 | 4 | 8

export interface WireText {
  readonly kind: 'text'
  /** The text, or its UTF-8 bytes when it is long or invalid; see `textOf`. */
  readonly content: string | Uint8Array
  /** Size in bytes. */
  readonly size: number
  readonly width: Width
}

export interface WireBytes {
  readonly kind: 'bytes'
  readonly bytes: Uint8Array
  readonly width: Width
  /** What is unusual about it. */
  readonly note?: string
}

/** MessagePack: bytes of an application-defined type. */
export interface WireExtension {
  readonly kind: 'extension'
  readonly type: number
  readonly bytes: Uint8Array
  readonly width: Width
}

/** CBOR: an indefinite-length string, in its chunks. */
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

/** Where reading stopped: a missing, truncated or invalid value. Never part of a complete frame. */
export interface WireUnread {
  readonly kind: 'unread'
  readonly type: string
  /** The available bytes; undefined when there are none. */
  readonly bytes: Uint8Array | undefined
  /** Whether the bytes are the start of a text. */
  readonly isText: boolean
  readonly note: string
}

/** A value that can be read in part; a complete one has neither property. */
interface Breakable {
  readonly cut?: true
  /** Announced number of items or entries, if known. */
  readonly announced?: number | bigint
}

/** The suffixes `_0` to `_3` by the width that they stand for. */
export const indicators: Readonly<Record<Width, string>> = { 0: '', 1: '_0', 2: '_1', 4: '_2', 8: '_3' }

/** The number of items or entries in a container's head. */
export function announcedSize(value: WireArray | WireMap): number | bigint {
  return value.announced ?? (value.kind === 'array' ? value.items : value.entries).length
}
