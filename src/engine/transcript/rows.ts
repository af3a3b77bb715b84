import { z } from 'zod'
import { echoServerId } from '../../shared/session/spec.ts'
import type { NewRecord, RecordRow, TranscriptRecord } from '../../shared/transcript/record.ts'

/** What many entries have in common. */
export type Common = Pick<NewRecord, 'kind' | 'direction' | 'session' | 'name' | 'event'>

/** An entry whose frames stand one behind the other in `body`. */
export interface PackedEntry extends Pick<NewRecord, 'at' | 'roundTripNs' | 'detail'> {
  readonly common: Common
  readonly frameSizes: readonly number[]
  readonly body: Buffer
}

/** The echo server's id in logs of version 2 and before, which are read as they are. */
export const earlierEchoServer = 'server'

const rowSchema = z.object({
  id: z.number(),
  at: z.number(),
  kind: z.enum(['message', 'event']),
  direction: z.enum(['sent', 'received', 'none']),
  session: z.string().transform((session) => (session === earlierEchoServer ? echoServerId : session)),
  name: z.string(),
  event: z.string().nullable(),
  roundTripNs: z.number().nullable(),
  frameSizes: z.string(),
  size: z.number(),
  preview: z.string(),
})

const entrySchema = rowSchema.extend({ body: z.instanceof(Uint8Array) })

const sizesOf = (text: string): number[] => (text === '' ? [] : text.split(',').map(Number))

/** The frames in `body`, given their sizes in bytes; views, not copies. */
export function splitFrames(body: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  let start = 0
  return sizes.map((size) => {
    start += size
    return body.subarray(start - size, start)
  })
}

/** Validates a stored row. */
export function toRow(stored: unknown): RecordRow {
  const { frameSizes, ...row } = rowSchema.parse(stored)
  return { ...row, frameCount: sizesOf(frameSizes).length }
}

/** Validates a stored row with its bytes; the frames are views of them. */
export function toEntry(stored: unknown): TranscriptRecord {
  const { frameSizes, body, ...row } = entrySchema.parse(stored)
  const sizes = sizesOf(frameSizes)
  return { ...row, frameCount: sizes.length, frames: splitFrames(body, sizes) }
}
