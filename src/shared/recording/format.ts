import type { ViewId } from '../codecs/codec.ts'
import type { Attachment } from '../session/spec.ts'
import type { Topic } from '../session/topic.ts'
import type { TranscriptRecord } from '../transcript/record.ts'
import type { PatternId } from '../zmq/patterns.ts'
import type { SecurityKind } from '../zmq/security.ts'

/** What the first line of a recording calls itself. docs/recording-format.md describes the file. */
export const recordingFormat = 'zeromq-inspector-recording'

/** The version that is written. It changes when a change could mislead a reader of the version before. */
export const recordingVersion = 1

/** The end of the name of a recording's file. */
export const recordingExtension = 'zmqrec'

/** The most bytes of a line, so that whoever reads it knows how much memory that takes. */
export const maximumLineBytes = 256 * 1024 ** 2

/** The most bytes of the first line: what is no recording is told from it. */
export const maximumHeaderBytes = 64 * 1024

/** The first line. */
export interface RecordingHeader {
  /** The version of the application that wrote it. */
  readonly application: string
  /** When it was begun, in milliseconds since the epoch. */
  readonly at: number
}

/** How a frame was shown. */
export interface RecordedView {
  readonly encoding: ViewId
  /** Full name of the Protobuf message type. */
  readonly message: string | null
}

/** How the frames of a socket's messages were shown; null where that is not known. */
export interface RecordedViews {
  /** By their position, from the first one after the envelope. */
  readonly frames: readonly (RecordedView | null)[]
  /** All frames behind those. */
  readonly others: RecordedView | null
}

/** What a socket of the recording was, so far as it may be told to others: it has no secret. */
export interface RecordedSocket {
  /** The id by which records name it. */
  readonly session: string
  /** What a person calls it; may be empty. */
  readonly name: string
  readonly pattern: PatternId
  /** As they were asked for: the name of a record has the endpoint at the time. */
  readonly attach: readonly Attachment[]
  readonly subscriptions: readonly Topic[]
  readonly security: SecurityKind
  readonly views: { readonly sent: RecordedViews; readonly received: RecordedViews }
}

/** The last line, of a recording that was brought to its end. */
export interface RecordingEnd {
  readonly records: number
  /** Whether these are all that were asked for: the log may lose entries meanwhile. */
  readonly complete: boolean
}

/** Where a line begins: its number from 1, and the bytes before it. */
export interface LinePlace {
  readonly line: number
  readonly offset: number
}

/** What a line of a recording says. */
export type RecordingItem =
  | { readonly kind: 'header'; readonly header: RecordingHeader }
  | { readonly kind: 'socket'; readonly socket: RecordedSocket }
  | { readonly kind: 'record'; readonly record: TranscriptRecord }
  | { readonly kind: 'end'; readonly end: RecordingEnd }

/** How the reading of a recording ended. */
export interface RecordingOutcome {
  /** How many records were read. */
  readonly records: number
  /** What its last line says; null while it is being written, or when it was cut off. */
  readonly end: RecordingEnd | null
  /** Where a line begins whose rest is missing; null when all lines are whole. */
  readonly cut: LinePlace | null
}
