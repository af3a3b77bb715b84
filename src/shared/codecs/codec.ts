import type { ArrayForm } from './array/elements.ts'
import type { EncodingFacts, ViewFacts } from './facts.ts'
import type { MessageType } from './protobuf/schema.ts'

/** The encodings by stored and command-line name, in the order they are offered. */
export const encodingIds = ['text', 'json', 'messagepack', 'cbor', 'protobuf', 'hex', 'base64', 'z85'] as const

export type EncodingId = (typeof encodingIds)[number]

/** Whether what is viewed so can be written so, too. */
export const isEncoding = (id: ViewId): id is EncodingId => encodingIds.some((each) => each === id)

/** Text in other encodings than UTF-8, by the names of the Encoding Standard (https://encoding.spec.whatwg.org). */
export const textEncodingIds = [
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-15',
  'windows-1250',
  'iso-8859-2',
  'windows-1251',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'windows-1253',
  'iso-8859-7',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const

export type TextEncodingId = (typeof textEncodingIds)[number]

/** In what bytes can be viewed, by stored name: every encoding, and what can only be read. */
export const viewIds = [...encodingIds, 'pickle', 'array', ...textEncodingIds] as const

export type ViewId = (typeof viewIds)[number]

/** One value of a structured frame, as shown in the tree view. */
export interface TreeNode {
  /** The key or index under which the parent holds it; absent for the root. */
  readonly key?: string
  /** The type in the encoding's terms: `map`, `string`, `integer`, `tag 1`, … */
  readonly type: string
  /** The value as text; for a container its size, such as `3 entries`. */
  readonly value: string
  /** The value's byte offsets in the frame; the end is exclusive. The key is not included. */
  readonly start: number
  readonly end: number
  /** The key's place in the frame: a member's name, a field's tag. Absent without one. */
  readonly keySpan?: Span
  /** What is unusual about it: `duplicate key`, `invalid UTF-8`, `cut short`, `left over`. */
  readonly note?: string
  /**
   * The value for programs: text, true, false and null as they are; decimals as numbers when that keeps their digits;
   * integers and anything else that JSON numbers could distort as text; bytes as hex; null for a container.
   */
  readonly exact: ExactValue
  readonly children?: readonly TreeNode[]
}

/** A byte range of a frame; the end is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The result of reading bytes, and why no more could be read. */
export interface Reading {
  /** Everything up to the fault, which has a note in the tree; undefined when nothing could be read. */
  readonly root: TreeNode | undefined
  /** Undefined when the bytes are complete values. */
  readonly fault: CodecError | undefined
  /** How many values there are one after the other, where there are several. */
  readonly documents?: number
}

/** What an encoding needs besides the text or bytes. */
export interface CodecOptions {
  /** The Protobuf message type; without it only the wire format is known. */
  readonly message?: MessageType
  /** How an array is read; by default as 64-bit floats. */
  readonly array?: ArrayForm
  /** Whether bytes that are no text are decoded to one line, instead of laid out. */
  readonly isOneLine?: boolean
}

export type ExactValue = string | number | boolean | null

/** A view of bytes as text that people read. Pure: the same input gives the same output. */
export interface View extends ViewFacts {
  /** Text that shows the bytes. Throws `CodecError` with the position in the bytes. */
  decode(bytes: Uint8Array, options?: CodecOptions): string
  /** The structure of the bytes, for encodings that have one. Never throws because of what the bytes contain. */
  read?(bytes: Uint8Array, options?: CodecOptions): Reading
  /**
   * The structure on one line of at most `maximumCharacters`, for lists; undefined when the bytes are not one. May stop
   * reading where the line is full.
   */
  line?(bytes: Uint8Array, maximumCharacters: number, options?: CodecOptions): string | undefined
  /**
   * For encodings that are text themselves: a text that `decode` gave, laid out over lines, with every value as it is
   * written. Nesting that would multiply its length leaves it as it is.
   */
  layOut?(text: string): string
}

/** A view whose text people write, too. Neither side is adjusted. */
export interface Codec extends View, EncodingFacts {
  readonly id: EncodingId
  /** Encodes the text. Throws `CodecError` with the position in the text. */
  encode(text: string, options?: CodecOptions): Uint8Array
}

/** Text or bytes that an encoding cannot represent, with the place of the fault. */
export class CodecError extends Error {
  override readonly name = 'CodecError'

  constructor(
    readonly code: 'encode-failed' | 'decode-failed',
    message: string,
    /** Start of the fault: a UTF-16 index into the text, or a byte offset. */
    readonly offset: number,
    /** Length of the fault, in the same unit; at least 1 except at the very end. */
    readonly length: number = 1,
  ) {
    super(message)
  }
}
