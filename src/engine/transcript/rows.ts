import { z } from 'zod'
import { echoServerId } from '../../shared/session/spec.ts'
import { type NewRecord, origins, type RecordRow, type TranscriptRecord } from '../../shared/transcript/record.ts'

/** What many records have in common. */
export type Common = Pick<NewRecord, 'kind' | 'direction' | 'session' | 'name' | 'envelope' | 'origin' | 'event'>

/** A record whose frames stand one behind the other in `body`. */
export interface PackedRecord extends Pick<NewRecord, 'at' | 'exchange' | 'roundTripNs' | 'detail'> {
  readonly number: number
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
  peer: z.string().nullable(),
})

const recordSchema = rowSchema.extend({
  exchange: z.number().nullable(),
  origin: z.enum(origins).nullable(),
  body: z.instanceof(Uint8Array),
})

/** Between the sizes of an envelope's frames and those of its message. */
export const envelopeEnd = '|'

/** The sizes of all frames in one text: `12,0|5,5`, or `5,5` without an envelope. */
export function formatSizes(sizes: readonly number[], envelope: number): string {
  if (envelope === 0) return sizes.join(',')
  return `${sizes.slice(0, envelope).join(',')}${envelopeEnd}${sizes.slice(envelope).join(',')}`
}

const parseSizes = (text: string): number[] => (text === '' ? [] : text.split(',').map(Number))

const totalOf = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0)

/** The sizes of the envelope's frames, and of the message's. */
export function splitSizes(text: string): {
  readonly envelope: readonly number[]
  readonly message: readonly number[]
} {
  const end = text.indexOf(envelopeEnd)
  if (end < 0) return { envelope: [], message: parseSizes(text) }
  return { envelope: parseSizes(text.slice(0, end)), message: parseSizes(text.slice(end + 1)) }
}

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
  const { frameSizes, size, ...row } = rowSchema.parse(stored)
  const { envelope, message } = splitSizes(frameSizes)
  return { ...row, size: size - totalOf(envelope), frameCount: message.length }
}

/** Validates a stored row with its bytes; the frames are views of them. */
export function toRecord(stored: unknown): TranscriptRecord {
  const { frameSizes, body, size: _size, preview, ...row } = recordSchema.parse(stored)
  const { envelope, message } = splitSizes(frameSizes)
  return {
    ...row,
    frames: splitFrames(body, [...envelope, ...message]),
    envelope: envelope.length,
    detail: row.kind === 'event' ? preview : null,
  }
}
