import { viewIds } from '../codecs/codec.ts'
import { InspectorError } from '../errors.ts'
import { formatSize } from '../format.ts'
import { checkVersion } from '../kept/document-format.ts'
import { reasonOf } from '../reason.ts'
import { z } from '../schema.ts'
import { attachmentSchema } from '../session/spec-schema.ts'
import { topicEncodings } from '../session/topic.ts'
import { decodeUtf8 } from '../utf8.ts'
import { patternIds } from '../zmq/patterns.ts'
import { securityKindIds } from '../zmq/security.ts'
import {
  type LinePlace,
  maximumLineBytes,
  type RecordingHeader,
  type RecordingItem,
  recordingFormat,
  recordingVersion,
} from './format.ts'
import type { Line } from './lines.ts'
import { recordFrom } from './read-record.ts'

const view = z.object({ encoding: z.enum(viewIds), message: z.string().nullable() }).nullable()
const views = z.object({ frames: z.array(view).readonly(), others: view })

const socketSchema = z.object({
  session: z.string(),
  name: z.string(),
  pattern: z.enum(patternIds),
  attach: z.array(attachmentSchema).readonly(),
  subscriptions: z.array(z.object({ encoding: z.enum(topicEncodings), text: z.string() })).readonly(),
  security: z.enum(securityKindIds),
  views: z.object({ sent: views, received: views }),
})

const endSchema = z.object({ records: z.number().int().min(0), complete: z.boolean() })

const headerSchema = z.object({ version: z.unknown(), application: z.string(), at: z.number() })

/** An error at a line of a recording, with its place as details. `why` is the end of a sentence. */
export const faultAt = ({ line, offset }: LinePlace, why: string, cause?: unknown): InspectorError =>
  new InspectorError(
    'decode-failed',
    `Line ${line} (at byte ${offset}) cannot be read: ${why}.`,
    { line, offset },
    {
      cause,
    },
  )

/** Why a first line is that of no recording. */
export const noHeader = `its first line is not {"format":"${recordingFormat}", …}`

/** An error of a file that is no recording. `why` is the end of a sentence. */
export const notRecording = (why: string, cause?: unknown): InspectorError =>
  new InspectorError('decode-failed', `This is no recording: ${why}.`, { line: 1, offset: 0 }, { cause })

/** What is wrong with a line that follows the last. */
export const afterEnd = 'it comes after the end of the recording'

export const tooLongAt = (place: LinePlace): InspectorError =>
  faultAt(place, `it has more than ${formatSize(maximumLineBytes)}`)

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0d || byte === 0x09

/** Whether a line says nothing, which does no harm. */
export const isBlank = ({ bytes }: Line): boolean => bytes.every(isSpace)

/** The JSON of a line; undefined when it is none. */
function jsonOf(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined
    throw thrown
  }
}

/** Whether the line is one of JSON: of a line that was cut off, none is. */
export const isWhole = ({ bytes }: Line): boolean => jsonOf(bytes) !== undefined

const byteOrderMark = [0xef, 0xbb, 0xbf]
const gzipMark = [0x1f, 0x8b]

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte)

/** Reads the first line. Throws `decode-failed`, also for what a newer version has written. */
export function readHeader(bytes: Uint8Array): RecordingHeader {
  if (beginsWith(bytes, gzipMark)) throw notRecording('it is compressed with gzip; unpack it first')
  // Some editors begin a file with it.
  const value = jsonOf(beginsWith(bytes, byteOrderMark) ? bytes.subarray(byteOrderMark.length) : bytes)
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== recordingFormat) {
    throw notRecording(noHeader)
  }
  try {
    const { version, application, at } = headerSchema.parse(value)
    checkVersion(version, 1, recordingVersion)
    return { application, at }
  } catch (thrown) {
    throw new InspectorError('decode-failed', `The recording cannot be read: ${reasonOf(thrown)}.`, undefined, {
      cause: thrown,
    })
  }
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function itemFrom(value: unknown): RecordingItem {
  if (isFields(value)) {
    if ('id' in value) return { kind: 'record', record: recordFrom(value) }
    if ('socket' in value) return { kind: 'socket', socket: socketSchema.parse(value.socket) }
    if ('end' in value) return { kind: 'end', end: endSchema.parse(value.end) }
  }
  throw new Error('it is neither a record ("id") nor "socket" nor "end"')
}

/** Reads any line but the first. Throws `decode-failed` with its place. */
export function readLine(line: Line): RecordingItem {
  const value = jsonOf(line.bytes)
  if (value === undefined) throw faultAt(line, 'it is not JSON')
  try {
    return itemFrom(value)
  } catch (thrown) {
    throw faultAt(line, reasonOf(thrown).replace(/\.$/, ''), thrown)
  }
}
