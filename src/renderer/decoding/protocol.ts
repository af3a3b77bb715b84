import type { CodecOptions, EncodingId, Span } from '../../shared/codecs/codec.ts'
import type { CopyFormat } from '../../shared/codecs/copy-as.ts'
import type { Suggestion } from '../../shared/codecs/suggest.ts'
import type { LayerId } from '../../shared/layers/index.ts'
import type { Form } from '../../shared/workspace.ts'

/** How a frame is to be read. */
export interface ViewRequest {
  readonly layers: readonly LayerId[]
  /** Null for the one that is certain. */
  readonly view: EncodingId | null
  /** Null for the usual one of the view. */
  readonly form: Form | null
  readonly options: CodecOptions
}

/** Where bytes are wrong, or why they cannot be shown. Offsets in the bytes that are shown. */
export interface Fault {
  readonly offset: number
  readonly message: string
  /** The bytes around it in hex. */
  readonly around: string
}

/** Lines of a tree that are fetched together; the first ones come with it. */
export const pieceRows = 200

/** A line of a tree, ready to be drawn. */
export interface TreeRow {
  /** Where it stands: the indexes from the root down, joined by dots; empty for the root. */
  readonly path: string
  readonly level: number
  readonly expandable: boolean
  readonly expanded: boolean
  readonly key?: string
  readonly type: string
  /** Of a long value the beginning. */
  readonly value: string
  readonly note?: string
  readonly span: Span
  readonly keySpan?: Span
}

/** A place in the tree, and how many lines can be seen now. */
export interface TreePlace {
  readonly row: TreeRow
  /** Of the line among those that can be seen. */
  readonly index: number
  readonly total: number
}

/** A frame as it is shown. */
export interface OpenedFrame {
  readonly view: EncodingId
  readonly form: Form
  /** What the layers hold; null when there is none, and the bytes are those of the frame. */
  readonly inner: Uint8Array | null
  readonly fault: Fault | null
  /** Pages of text; 0 when the form is a tree or nothing could be decoded. */
  readonly pages: number
  readonly firstPage: string
  /** Null when the form is text or nothing could be read. */
  readonly tree: { readonly total: number; readonly rows: readonly TreeRow[] } | null
  /** What decoding took, in nanoseconds, on the thread that did it. */
  readonly decodeNs: number
}

export interface FindQuery {
  readonly text: string
  /** In the keys and values of the tree, or in the bytes: the UTF-8 of the text, or hex digits. */
  readonly where: 'tree' | 'text' | 'hex'
}

/** What was found: places in the bytes in their order, each with its node where it was found in the tree. */
export interface Found {
  readonly places: readonly { readonly span: Span; readonly path: string | null }[]
  /** Whether there are more places than are listed. */
  readonly more: boolean
  /** What is wrong with the query; null for nothing. */
  readonly problem: string | null
}

/** What a decoder can be asked about its frame, each with its answer. */
export interface DecoderCalls {
  open: { input: ViewRequest; output: OpenedFrame }
  suggest: { input: null; output: readonly Suggestion[] }
  page: { input: number; output: string }
  rows: { input: { from: number; to: number }; output: readonly TreeRow[] }
  toggle: { input: { path: string; open: boolean }; output: TreePlace }
  reveal: { input: string; output: TreePlace }
  /** A node by itself, whether it can be seen or not. */
  node: { input: string; output: TreeRow }
  /** The smallest node that holds all of some bytes. */
  nodeAt: { input: Span; output: TreeRow }
  find: { input: FindQuery; output: Found }
  /** The text of a part in a format; null where it has none. */
  copy: { input: { span: Span | null; format: CopyFormat | 'shown' }; output: string | null }
}

export type DecoderCallName = keyof DecoderCalls

export interface DecoderCall<Name extends DecoderCallName> {
  readonly type: 'call'
  readonly frame: number
  readonly id: number
  readonly name: Name
  readonly input: DecoderCalls[Name]['input']
}

export type ToDecoder =
  | { readonly type: 'load'; readonly frame: number; readonly bytes: Uint8Array; readonly like: number | null }
  | { readonly type: 'drop'; readonly frame: number }
  | DecoderCall<DecoderCallName>

export type FromDecoder =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
