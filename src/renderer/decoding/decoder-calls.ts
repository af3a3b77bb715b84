import type { ArrayForm } from '../../shared/codecs/array/elements.ts'
import type { ArraySummary } from '../../shared/codecs/array/summary.ts'
import type { CodecOptions, EncodingId, Span, ViewId } from '../../shared/codecs/codec.ts'
import type { CopyFormat } from '../../shared/codecs/copy-as.ts'
import type { NodeForm } from '../../shared/codecs/node-as.ts'
import type { Suggestion } from '../../shared/codecs/suggest.ts'
import type { LayerId } from '../../shared/layers/layer.ts'
import type { Plottable } from '../../shared/values/scalar.ts'
import type { Form } from '../../shared/workspace.ts'
import type { FrameChanges } from './changes.ts'
import type { Summary } from './summary.ts'

/** How to read a frame. */
export interface ViewRequest {
  readonly layers: readonly LayerId[]
  /** Null for the suggested view, which also takes the place of one that does not fit. */
  readonly view: ViewId | null
  /** Whether the view is wanted for these very bytes, even if it does not fit. */
  readonly insists: boolean
  /** The array that the frame before describes, which is then the suggested view; null without. */
  readonly described: ArrayForm | null
  /** The encoding of the frame's request: bytes that are whole in it are suggested in it; null without. */
  readonly like: EncodingId | null
  /** Null for the view's default. */
  readonly form: Form | null
  /** The form of the view that takes the place of one that does not fit; null for its default. */
  readonly otherForm: Form | null
  readonly options: CodecOptions
}

/** Where bytes are invalid, or why they cannot be shown. Offsets are in the bytes shown. */
export interface Fault {
  readonly offset: number
  readonly message: string
  /** The surrounding bytes in hex; empty for a layer that could not be opened. */
  readonly around: string
}

/** Rows of a tree that are fetched together; `open` returns the first ones. */
export const pieceRows = 200

/** A row of a tree, ready to draw. */
export interface TreeRow {
  /** The indexes from the root down, joined by dots; empty for the root. */
  readonly path: string
  readonly level: number
  readonly expandable: boolean
  readonly expanded: boolean
  readonly key?: string
  readonly type: string
  /** Long values are truncated. */
  readonly value: string
  /** What a collapsed container holds. */
  readonly summary?: Summary
  readonly note?: string
  /** Whether it is a number, or numbers in a row. */
  readonly plots?: Plottable
  readonly span: Span
  readonly keySpan?: Span
}

/** A place in the tree, and how many rows are visible now. */
export interface TreePlace {
  readonly row: TreeRow
  /** Index among the visible rows. */
  readonly index: number
  readonly total: number
}

/** A frame as shown. */
export interface OpenedFrame {
  readonly view: ViewId
  /** The view that was wanted and does not fit; null when there is none. */
  readonly unfit: ViewId | null
  /** What the view was suggested for, besides the bytes: the request's encoding, or what the frame before says. */
  readonly because: 'request' | 'frame before' | null
  /** How the array is read; null in other views. */
  readonly array: ArrayForm | null
  /** What the bytes most likely are, where that is neither what is shown nor plain text; null otherwise. */
  readonly could: Suggestion['what'] | null
  readonly form: Form
  /** The bytes inside the layers; null without layers, when the bytes are the frame's own. */
  readonly inner: Uint8Array | null
  readonly fault: Fault | null
  /** Number of text pages; 0 for a tree, or when the bytes are no text. Invalid JSON has its text and a fault. */
  readonly pages: number
  readonly firstPage: string
  /** Null in the other forms, or when nothing could be read. */
  readonly tree: { readonly total: number; readonly rows: readonly TreeRow[] } | null
  /**
   * Decoding time in nanoseconds, measured on the decoding thread, without the start of that thread or any waiting: the
   * mean of several where one is too short to be timed.
   */
  readonly decodeNs: number
}

export interface FindQuery {
  readonly text: string
  /** `tree`: keys and values; `text` and `hex`: the bytes, given as UTF-8 text or as hex digits. */
  readonly where: 'tree' | 'text' | 'hex'
}

/** Matches in byte order, each with its node when found in the tree. */
export interface Found {
  readonly places: readonly { readonly span: Span; readonly path: string | null }[]
  /** Whether there are more matches than listed. */
  readonly more: boolean
  /** What is wrong with the query; null when it is valid. */
  readonly problem: string | null
}

/** The calls to a decoder about its frame, with their answers. */
export interface DecoderCalls {
  open: { input: ViewRequest; output: OpenedFrame }
  suggest: { input: null; output: readonly Suggestion[] }
  page: { input: number; output: string }
  rows: { input: { from: number; to: number }; output: readonly TreeRow[] }
  toggle: { input: { path: string; open: boolean }; output: TreePlace }
  /** Opens or closes a node and all below it, up to 100,000 of them. */
  expandAll: { input: { path: string; open: boolean }; output: TreePlace }
  /** A node as text. */
  nodeText: { input: { path: string; form: NodeForm }; output: string }
  reveal: { input: string; output: TreePlace }
  /** A node by itself, visible or not. */
  node: { input: string; output: TreeRow }
  /** The smallest node that contains the whole span. */
  nodeAt: { input: Span; output: TreeRow }
  summarise: { input: ArrayForm; output: ArraySummary }
  find: { input: FindQuery; output: Found }
  /** The text of a span in a format; null where the format cannot express it. */
  copy: { input: { span: Span | null; format: CopyFormat | 'shown' }; output: string | null }
  /** What is another than in an earlier frame, whose layers are opened in the same way. */
  changes: { input: { before: Uint8Array }; output: FrameChanges }
}

export type DecoderCallName = keyof DecoderCalls

export interface DecoderCall<Name extends DecoderCallName> {
  readonly type: 'call'
  readonly frame: number
  readonly id: number
  readonly name: Name
  readonly input: DecoderCalls[Name]['input']
}

/** A call by any of the names, with the input of that name. */
export type AnyDecoderCall = { [Name in DecoderCallName]: DecoderCall<Name> }[DecoderCallName]

export type ToDecoder =
  | { readonly type: 'load'; readonly frame: number; readonly bytes: Uint8Array; readonly like: number | null }
  | { readonly type: 'drop'; readonly frame: number }
  | AnyDecoderCall

export type FromDecoder =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
