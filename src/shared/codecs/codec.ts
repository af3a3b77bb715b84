import type { EncodingFacts } from './facts.ts'
import type { MessageType } from './protobuf/schema.ts'

/** The encodings by the name that is stored and passed on the command line, in the order in which people choose. */
export const encodingIds = ['text', 'json', 'messagepack', 'cbor', 'protobuf', 'hex', 'base64', 'z85'] as const

export type EncodingId = (typeof encodingIds)[number]

/** One value of a structured frame, as the tree view shows it. */
export interface TreeNode {
  /** The key or index under which the parent holds it; absent at the root. */
  readonly key?: string
  /** The type in the encoding's own words: `map`, `string`, `integer`, `tag 1`, … */
  readonly type: string
  /** The value in words; for a container its size, such as `3 entries`. */
  readonly value: string
  /** Where the value stands in the frame, as byte offsets; the end is exclusive. A key is not part of it. */
  readonly start: number
  readonly end: number
  /** Where its key stands in the frame: the name of a member, the tag of a field. Absent where there is none. */
  readonly keySpan?: Span
  /** What is odd about it, in a few words: `duplicate key`, `invalid UTF-8`, `cut short`, `left over`. */
  readonly note?: string
  /**
   * The value by itself, for programs: text, true, false and null as they are; decimals as numbers where that keeps
   * their digits; integers and whatever else JSON's numbers could bend as text; bytes as hex; null for a container.
   */
  readonly exact: ExactValue
  readonly children?: readonly TreeNode[]
}

/** A part of a frame as byte offsets; the end is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What was made of the bytes, and why no more could be made of them. */
export interface Reading {
  /** Everything up to the fault, whose place in the tree has a note; undefined when nothing could be read. */
  readonly root: TreeNode | undefined
  /** Undefined when the bytes are one whole value and nothing else. */
  readonly fault: CodecError | undefined
}

/** What an encoding needs to know beside the text or the bytes. */
export interface CodecOptions {
  /** Protobuf's message type; without it only what is on the wire can be told. */
  readonly message?: MessageType
}

export type ExactValue = string | number | boolean | null

/**
 * A view of bytes as something people read and write. Pure: the same input gives the same output,
 * and neither side is ever changed to fit.
 */
export interface Codec extends EncodingFacts {
  /** The bytes that the text stands for. Throws `CodecError` with the position in the text. */
  encode(text: string, options?: CodecOptions): Uint8Array
  /** Text that shows the bytes. Throws `CodecError` with the position in the bytes. */
  decode(bytes: Uint8Array, options?: CodecOptions): string
  /** The structure in the bytes, for the encodings that have one. Never throws for what the bytes hold. */
  read?(bytes: Uint8Array, options?: CodecOptions): Reading
  /**
   * The structure on one line of at most so many characters, for lists; undefined when the bytes are not one. May look at
   * no more of the bytes than it shows.
   */
  line?(bytes: Uint8Array, maximumCharacters: number, options?: CodecOptions): string | undefined
}

/** Text or bytes that an encoding cannot take, and where the fault is. */
export class CodecError extends Error {
  override readonly name = 'CodecError'

  constructor(
    readonly code: 'encode-failed' | 'decode-failed',
    message: string,
    /** Where the fault begins: a UTF-16 index into the text, or a byte offset. */
    readonly offset: number,
    /** How much of it is at fault, in the same unit; at least 1 unless at the very end. */
    readonly length: number = 1,
  ) {
    super(message)
  }
}
