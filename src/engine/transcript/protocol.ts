import type { ViewId } from '../../shared/codecs/codec.ts'
import type { ProtobufSchema } from '../../shared/codecs/protobuf/schema.ts'
import type { FoundRows, LogCount, LogFilter } from '../../shared/transcript/query.ts'
import type { RecordPlace, RecordRow, TranscriptRecord } from '../../shared/transcript/record.ts'
import type { LogStatus } from '../../shared/transcript/status.ts'
import type { PackedBatch } from './batch.ts'
import type { SearchQuery } from './find.ts'
import type { LogQuery } from './query.ts'

/** How a session's frames are shown, by position; null where unknown. */
export interface SessionViews {
  /** What the session's socket is called; absent where nobody has named it. */
  readonly name?: string
  readonly sent: readonly (FrameView | null)[]
  readonly received: readonly (FrameView | null)[]
}

export interface FrameView {
  readonly encoding: ViewId
  /** Full name of the Protobuf message type. */
  readonly message: string | null
}

export interface LogViews {
  readonly sessions: Readonly<Record<string, SessionViews>>
  readonly schema: ProtobufSchema
}

/** Limits of the log. The oldest entries are deleted first. */
export interface LogBounds {
  readonly maximumBytes: number
  /** Milliseconds to keep an entry; null keeps it until the log is full. */
  readonly maximumAgeMs: number | null
}

/** What the thread knows of the state of the log. */
type OfStore = Omit<LogStatus, 'recording' | 'unrecorded' | 'unlogged' | 'failedToWrite' | 'trouble' | 'behindMs'>

export interface StoreStatus extends OfStore {
  /** The highest number that a record of the file has or had. */
  readonly lastNumber: number
}

/** Entries with their bytes. */
export interface LogPage {
  readonly entries: readonly TranscriptRecord[]
  /** The id after which more may come; null at the end. */
  readonly next: number | null
  /** How often the log was cleared so far. */
  readonly cleared: number
  /** How many entries its limits have removed since then. */
  readonly evicted: number
}

/** How many entries up to one match. */
export interface LogSurvey extends Pick<LogPage, 'cleared' | 'evicted'> {
  readonly matching: number
  /** The oldest entry of all. */
  readonly firstId: number
  /** The last entry that is to be counted. */
  readonly lastId: number
  /** The last that is counted by now. */
  readonly throughId: number
  /** Whether there was no time to look at all: ask again with the same `lastId`, and it goes on. */
  readonly isPartial: boolean
}

/** The calls to the log's thread, with their answers. */
export interface LogCalls {
  query: { input: LogQuery; output: readonly RecordRow[] }
  /** As far as there is time: it may have to be asked to go on. */
  search: { input: SearchQuery; output: FoundRows<RecordRow> }
  /** Only of entries after an id, if one is given. */
  count: { input: { filter: LogFilter; afterId?: number | undefined }; output: LogCount }
  entry: { input: number; output: TranscriptRecord | null }
  /** The number of another message of the same exchange; null when there is none, or none near it. */
  partner: { input: RecordPlace; output: number | null }
  /** The next entries after an id, up to another. */
  page: { input: { filter: LogFilter; afterId: number; lastId: number }; output: LogPage }
  /** Of all entries that there are now, or up to one. */
  survey: { input: { filter: LogFilter; lastId: number | null }; output: LogSurvey }
  clear: { input: null; output: StoreStatus }
  setBounds: { input: LogBounds; output: StoreStatus }
  /** How previews of new entries show the frames of each session. */
  setViews: { input: LogViews; output: null }
  /** Answered when everything appended before it is on disk. */
  flush: { input: null; output: StoreStatus }
  close: { input: null; output: null }
}

export type LogCallName = keyof LogCalls

export type ToLogThread =
  | { readonly type: 'append'; readonly batch: PackedBatch }
  | { [Name in LogCallName]: { type: 'call'; id: number; name: Name; input: LogCalls[Name]['input'] } }[LogCallName]

export type FromLogThread =
  /** The file was damaged, and is now at `setAside`; a new one is begun. */
  | { readonly type: 'damaged'; readonly setAside: string; readonly reason: string }
  /** The file is being opened: the highest number that a record of it has or had. */
  | { readonly type: 'numbered'; readonly lastNumber: number }
  /** The file can be written, for the first time or again. */
  | { readonly type: 'opened'; readonly status: StoreStatus }
  /** The file cannot be written for now; what can be read of it is read. */
  | { readonly type: 'unwritable'; readonly reason: string; readonly status: StoreStatus }
  /** Somebody else removed the file, and a new one is begun, or replaced it by another, which is used. */
  | { readonly type: 'disturbed'; readonly isReplaced: boolean }
  /** The file cannot be used and was left as it is; the thread ends. */
  | { readonly type: 'broken'; readonly reason: string }
  | { readonly type: 'appended'; readonly status: StoreStatus; readonly entries: number; readonly bytes: number }
  | { readonly type: 'lost'; readonly entries: number; readonly bytes: number; readonly reason: string }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }

export interface LogThreadData extends LogBounds {
  readonly path: string
  /** How often a file that cannot be written is tried again, in milliseconds. */
  readonly tryEveryMs: number
  /** Whether somebody else may remove or replace the file. */
  readonly watchesFile: boolean
}
