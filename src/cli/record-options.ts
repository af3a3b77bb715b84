import type { Command } from 'commander'
import { z } from 'zod'
import type { RecordedView } from '../shared/recording/format.ts'
import type { SocketSpec } from '../shared/session/spec.ts'
import { UsageError } from './failure.ts'
import type { RecordingPlan } from './recording.ts'

/** The options of `addRecordOptions`, as commander passes them. */
export const recordOptions = {
  record: z.string().optional(),
  overwrite: z.boolean().default(false),
  quiet: z.boolean().default(false),
}

/** Adds what a socket command needs to write a recording. */
export function addRecordOptions(command: Command): void {
  command
    .option('--record <file>', 'write everything to this file, too: messages and events')
    .option('--overwrite', 'replace the file of --record if it is there')
    .option('--quiet', 'print no messages')
}

/** What is recorded, and how its frames are shown; null when nothing is. Throws `UsageError`. */
export function recordingOf(
  { record, overwrite }: { readonly record?: string | undefined; readonly overwrite: boolean },
  spec: SocketSpec,
  views: { readonly sent: RecordedView; readonly received: RecordedView },
): RecordingPlan | null {
  if (record === undefined) {
    if (overwrite) throw new UsageError('Give --overwrite with --record FILE.')
    return null
  }
  if (record === '') throw new UsageError('Name a file to record to.')
  return { target: { path: record, overwrite }, spec, views }
}
