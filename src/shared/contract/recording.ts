import type { OpenedRecording, RecordingProgress } from '../recording/opened.ts'
import { command, nothing } from './command.ts'

/** A recording that is read next to the log, and never mixed with it. There is one at a time. */
export const recordingCommands = {
  /**
   * Lets the person choose a file and reads it, in place of the one that was open; null when they cancel, before or while
   * it is read. Commands of the log read it when they are asked for the transcript `recording`.
   */
  'recording.open': command<OpenedRecording | null>()(nothing),
  /** How far the one has been read that is being opened; null while none is. */
  'recording.progress': command<RecordingProgress | null>()(nothing),
  'recording.cancel': command<void>()(nothing),
  'recording.close': command<void>()(nothing),
}
