import type { EncodingId } from '../shared/codecs/codec.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import type { LogEntry, LogFilter, LogRow, LogStatus } from '../shared/message.ts'
import type { LogQuery } from './log-query.ts'
import type { PackedEntry } from './log-rows.ts'

/** How a source's frames are shown, by their position; null where nothing is known. */
export interface SourceViews {
  readonly sent: readonly (FrameView | null)[]
  readonly received: readonly (FrameView | null)[]
}

export interface FrameView {
  readonly encoding: EncodingId
  /** The full name of Protobuf's message type. */
  readonly message: string | null
}

export interface LogViews {
  readonly sources: Readonly<Record<string, SourceViews>>
  readonly schema: ProtobufSchema
}

/** How much the log keeps. What goes is always the oldest. */
export interface LogBounds {
  readonly maximumBytes: number
  /** Milliseconds that an entry is kept; null for as long as there is room. */
  readonly maximumAgeMs: number | null
}

export type StoreStatus = Omit<LogStatus, 'unlogged' | 'failedToWrite'>

/** What the log's thread can be asked, each with its answer. */
export interface LogCalls {
  query: { input: LogQuery; output: LogRow[] }
  entry: { input: number; output: LogEntry | null }
  /** The next entries after an id, up to another; empty at the end. */
  page: { input: { filter: LogFilter; afterId: number; lastId: number }; output: LogEntry[] }
  clear: { input: null; output: StoreStatus }
  setBounds: { input: LogBounds; output: StoreStatus }
  /** How the frames of each source are shown in previews of entries to come. */
  setViews: { input: LogViews; output: null }
  /** Answered when all that was appended before it is on the disk. */
  flush: { input: null; output: StoreStatus }
  close: { input: null; output: null }
}

export type LogCallName = keyof LogCalls

export type ToLogThread =
  | { readonly type: 'append'; readonly entries: readonly PackedEntry[]; readonly bodies: Uint8Array }
  | { [Name in LogCallName]: { type: 'call'; id: number; name: Name; input: LogCalls[Name]['input'] } }[LogCallName]

export type FromLogThread =
  /** The file was damaged, and is now at `setAside`; a new one is begun. */
  | { readonly type: 'damaged'; readonly setAside: string; readonly reason: string }
  | { readonly type: 'opened'; readonly status: StoreStatus }
  /** The file cannot be used and was left as it is; the thread ends. */
  | { readonly type: 'broken'; readonly reason: string }
  | { readonly type: 'appended'; readonly status: StoreStatus; readonly entries: number; readonly bytes: number }
  | { readonly type: 'lost'; readonly entries: number; readonly bytes: number; readonly reason: string }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }

export interface LogThreadData extends LogBounds {
  readonly path: string
}
