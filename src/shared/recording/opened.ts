import type { RecordedSocket, RecordingHeader } from './format.ts'

/** A recording that was opened to be read, next to the log. */
export interface OpenedRecording {
  /** Of its file. */
  readonly name: string
  readonly header: RecordingHeader
  readonly records: number
  /** When the first and the last of them happened, in milliseconds since the epoch; null without any. */
  readonly span: { readonly from: number; readonly to: number } | null
  /** Those of its records; their sessions have ids of their own, which no socket of the window has. */
  readonly sockets: readonly RecordedSocket[]
  /** Why there may be less in it than was to be recorded; null where it is whole. */
  readonly problem: string | null
}

/** How far a recording has been read, in bytes. */
export interface RecordingProgress {
  readonly done: number
  readonly of: number
}

/** The id of a session of a recording, by its place: no socket of the window has such an id. */
export const recordedSession = (place: number): string => `recording ${place}`

/** Whether a session is one of an opened recording. */
export const isRecorded = (session: string): boolean => session.startsWith('recording ')
