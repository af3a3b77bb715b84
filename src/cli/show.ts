import { type Items, readRecording, readRecordingFile } from '../engine/recording/read-recording.ts'
import { type RecordFilter, recordFilter } from '../engine/recording/record-filter.ts'
import { optionsOf } from '../shared/codecs/protobuf/options.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatCount } from '../shared/format.ts'
import type { Frame } from '../shared/message.ts'
import { explanationOf } from '../shared/reason.ts'
import type { RecordedSocket, RecordingOutcome } from '../shared/recording/format.ts'
import type { PlacedItem } from '../shared/recording/reader.ts'
import { messageOf, type TranscriptRecord } from '../shared/transcript/record.ts'
import { skippedWords } from '../shared/transcript/search/skipped-words.ts'
import { escapeHidden } from './escape-hidden.ts'
import { complain, exitCodes, UsageError } from './failure.ts'
import { createInterruption } from './interruption.ts'
import { outputReady, print } from './output.ts'
import type { ShownAs } from './quote.ts'
import { recordPrinter } from './record-printer.ts'

export interface ShowCommand {
  /** `-` is standard input. */
  readonly file: string
  /** How all frames are shown; null as they were shown when they were recorded. */
  readonly shownAs: ShownAs | null
  readonly schema: ProtobufSchema
  /** Only messages whose first frame begins with one of these; all when there is none. */
  readonly topics: readonly string[]
  /** Only messages that have each of these in a frame. */
  readonly texts: readonly string[]
  /** A search, as the log's field takes it; empty for all. */
  readonly filter: string
  readonly showsEvents: boolean
  readonly json: boolean
}

const bufferOf = (frame: Frame): Buffer => Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)

/** Bytes as characters, with the capitals of ASCII as small letters: other bytes stay apart. */
const foldedBytes = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())

/** Whether a message is asked for. */
function filterOf({ topics, texts }: ShowCommand): (frames: readonly Frame[]) => boolean {
  const begins = topics.map((topic) => Buffer.from(topic))
  const wanted = texts.map((text) => foldedBytes(Buffer.from(text)))
  return (frames) => {
    const [first = new Uint8Array(0)] = frames
    const head = bufferOf(first)
    if (begins.length > 0 && !begins.some((topic) => head.subarray(0, topic.length).equals(topic))) return false
    if (wanted.length === 0) return true
    const contents = frames.map((frame) => foldedBytes(bufferOf(frame)))
    return wanted.every((text) => contents.some((content) => content.includes(text)))
  }
}

/** What finds records; null for all of them. Throws `UsageError` for a mistake in the text. */
function searchOf(text: string): RecordFilter | null {
  try {
    return text.trim() === '' ? null : recordFilter(text)
  } catch (thrown) {
    if (thrown instanceof InspectorError) throw new UsageError(escapeHidden(thrown.message), { cause: thrown })
    throw thrown
  }
}

/** How a frame of a record is shown: as it is asked for, or as it was shown when it was recorded, or as text. */
function viewFor({ shownAs, schema }: ShowCommand, socket: RecordedSocket | undefined, record: TranscriptRecord) {
  const views = record.direction === 'sent' ? socket?.views.sent : socket?.views.received
  return (index: number): ShownAs => {
    if (shownAs) return shownAs
    const view = views && (index < views.frames.length ? views.frames[index] : views.others)
    return view
      ? { encoding: view.encoding, options: optionsOf(schema, view.message) }
      : { encoding: 'text', options: {} }
  }
}

const piecesOf = (file: string): AsyncGenerator<Items, RecordingOutcome> =>
  file === '-' ? readRecording(process.stdin) : readRecordingFile(file)

/** What is missing of a recording is told; the exit code is that of a failure if a line is cut off. */
function reportOutcome({ records, end, cut }: RecordingOutcome): number {
  if (cut) {
    const before = `All ${formatCount(records)} records before it were read.`
    complain(`warning: line ${cut.line} (at byte ${cut.offset}) is cut off. ${before}`)
    return exitCodes.failure
  }
  if (!end) complain('warning: the recording has no end: it is still being written, or whoever wrote it was stopped.')
  else if (end.records !== records) {
    complain(`warning: ${formatCount(end.records)} records were written, and ${formatCount(records)} are in the file.`)
  } else if (!end.complete) {
    complain(
      'warning: messages are missing: the log was cleared, or removed its oldest entries, before they were saved.',
    )
  }
  return exitCodes.success
}

/** Prints a recording. Returns the exit code. Throws `InspectorError`. */
export async function runShow(command: ShowCommand): Promise<number> {
  const { signal } = createInterruption()
  const pieces = piecesOf(command.file)
  // Whoever writes there may have nothing to say for long.
  signal.addEventListener('abort', () => void (command.file === '-' && process.stdin.destroy()))
  const sockets = new Map<string, RecordedSocket>()
  const isWanted = filterOf(command)
  const search = searchOf(command.filter)
  let skipped = 0
  const isFound = (record: TranscriptRecord): boolean => {
    if (!search) return true
    const socket = sockets.get(record.session)
    const viewAt = viewFor(command, socket, record)
    const views = messageOf(record).map((_frame, index) => viewAt(index))
    const found = search({ record, socket: socket?.name ?? '', views })
    if (found.isSkipped) skipped += 1
    return found.isWanted
  }
  const printer = recordPrinter(print, command.json, command.shownAs === null ? null : complain)
  const take = (item: PlacedItem): void => {
    if (item.kind === 'socket') sockets.set(item.socket.session, item.socket)
    if (item.kind !== 'record') return
    const { record } = item
    if (!isFound(record)) return
    if (record.kind === 'event') {
      if (command.showsEvents) printer.event(record)
    } else if (isWanted(messageOf(record))) {
      printer.message(record, viewFor(command, sockets.get(record.session), record), sockets.size > 1)
    }
  }
  try {
    while (!signal.aborted) {
      const next = await pieces.next()
      if (next.done) {
        if (skipped > 0) complain(`warning: ${skippedWords(skipped)}`)
        return reportOutcome(next.value)
      }
      for (const item of next.value) {
        take(item)
        const ready = outputReady(signal)
        if (ready) await ready
        if (signal.aborted) break
      }
    }
    return exitCodes.success
  } catch (thrown) {
    if (signal.aborted) return exitCodes.success
    if (thrown instanceof InspectorError) throw thrown
    throw new InspectorError('file-failed', `${command.file} cannot be read: ${explanationOf(thrown)}`, undefined, {
      cause: thrown,
    })
  } finally {
    await pieces.return({ records: 0, end: null, cut: null })
  }
}
