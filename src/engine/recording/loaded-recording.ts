import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ProtobufSchema } from '../../shared/codecs/protobuf/schema.ts'
import { InspectorError } from '../../shared/errors.ts'
import { sizeOf } from '../../shared/message.ts'
import type { RecordedSocket, RecordedViews, RecordingHeader, RecordingOutcome } from '../../shared/recording/format.ts'
import { type OpenedRecording, type RecordingProgress, recordedSession } from '../../shared/recording/opened.ts'
import type { TranscriptRecord } from '../../shared/transcript/record.ts'
import { MessageLog } from '../transcript/log.ts'
import type { FrameView, LogViews } from '../transcript/protocol.ts'
import { readRecordingFile } from './read-recording.ts'

/** So much is handed to the log's thread before it has to be written. */
const unwrittenBytes = 32 * 1024 ** 2
const unwrittenRecords = 20_000
/** Frames behind those of which the recording tells each have one view: that many get it. */
const otherFrames = 16

export interface LoadOptions {
  /** The built log-worker module. */
  readonly worker: URL
  /** Of the Protobuf types that its frames are shown in. */
  readonly schema: ProtobufSchema
  readonly signal: AbortSignal
  readonly onProgress: (progress: RecordingProgress) => void
  /** Where the temporary file goes; the system's folder for these by default. */
  readonly temporary?: string
}

/** What is learned while it is read. */
interface Learned {
  header: RecordingHeader | null
  records: number
  span: OpenedRecording['span']
  outcome: RecordingOutcome | null
  /** Why reading ended early. */
  fault: string | null
}

function viewsOf({ frames, others }: RecordedViews): (FrameView | null)[] {
  const rest = others ? Array.from({ length: otherFrames }, () => others) : []
  return [...frames, ...rest]
}

const lostMeanwhile =
  'Not all messages were recorded: the log was cleared, or removed its oldest entries, before they were saved.'

function problemOf({ fault, outcome, records }: Learned): string | null {
  if (fault !== null) return `${fault} Only what stands before it is shown.`
  if (outcome?.cut) return `Line ${outcome.cut.line} is cut off: it was being written, or the rest is lost.`
  if (outcome?.end && !outcome.end.complete) return lostMeanwhile
  if (outcome?.end && outcome.end.records !== records) return `It should have ${outcome.end.records} records.`
  return outcome?.end ? null : 'It has no end: it is still being written, or what wrote it was stopped.'
}

/**
 * A recording as a log of its own, in a temporary file: everything that reads the log reads it in the same way, and neither
 * knows of the other. The file of the recording is never written.
 */
export class LoadedRecording {
  readonly #sockets = new Map<string, RecordedSocket>()
  readonly #learned: Learned = { header: null, records: 0, span: null, outcome: null, fault: null }
  #lastNumber = 0

  private constructor(
    private readonly path: string,
    private readonly folder: string,
    /** Its records. */
    readonly log: MessageLog,
  ) {}

  /**
   * Reads a recording. Throws `decode-failed` for what is none and for a newer version, `NotRegularFileError`, what the
   * system says, and the reason of the signal when it is aborted. A line that is wrong ends the reading, and is a problem
   * of what was opened.
   */
  static async load(path: string, options: LoadOptions): Promise<LoadedRecording> {
    const folder = await mkdtemp(join(options.temporary ?? tmpdir(), 'zeromq-inspector-recording-'))
    const log = new MessageLog({
      path: join(folder, 'recording.db'),
      worker: options.worker,
      maximumBytes: Number.MAX_SAFE_INTEGER,
      maximumAgeMs: null,
      // Nobody else knows of the file.
      watchesFile: false,
      tell: () => undefined,
    })
    const recording = new LoadedRecording(path, folder, log)
    try {
      await log.numbered
      await recording.#read(options)
      await log.flush()
      const { trouble, unlogged, failedToWrite } = log.status ?? { trouble: null, unlogged: 0, failedToWrite: 0 }
      if (trouble !== null || unlogged + failedToWrite > 0) {
        throw new InspectorError('file-failed', `The recording cannot be opened: ${trouble ?? 'the disk was full'}.`)
      }
      return recording
    } catch (thrown) {
      await recording.close()
      throw thrown
    }
  }

  get opened(): OpenedRecording {
    const { header, records, span } = this.#learned
    if (!header) throw new Error('The recording was not read.')
    const sockets = [...this.#sockets.values()]
    return { name: basename(this.path), header, records, span, sockets, problem: problemOf(this.#learned) }
  }

  /** What is known of its sockets, as the log of the window knows it of its own. */
  viewsIn(schema: ProtobufSchema): LogViews {
    const sessions = [...this.#sockets.values()].map(({ session, name, views }) => {
      return [session, { name, sent: viewsOf(views.sent), received: viewsOf(views.received) }]
    })
    return { sessions: Object.fromEntries(sessions), schema }
  }

  /** Removes the temporary file. */
  async close(): Promise<void> {
    await this.log.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  async #read({ schema, signal, onProgress }: LoadOptions): Promise<void> {
    const { size } = await stat(this.path)
    let [bytes, records, done] = [0, 0, 0]
    const pieces = readRecordingFile(this.path)
    try {
      for (let next = await pieces.next(); ; next = await pieces.next()) {
        signal.throwIfAborted()
        if (next.done) {
          this.#learned.outcome = next.value
          return
        }
        for (const item of next.value) {
          done = item.offset
          if (item.kind === 'header') this.#learned.header = item.header
          if (item.kind === 'socket') await this.#takeSocket(item.socket, schema)
          if (item.kind !== 'record') continue
          this.#takeRecord(item.record)
          bytes += sizeOf(item.record.frames)
          records += 1
          if (bytes < unwrittenBytes && records < unwrittenRecords) continue
          await this.log.flush()
          bytes = 0
          records = 0
        }
        onProgress({ done, of: size })
        await nextTurn()
      }
    } catch (thrown) {
      // What is no recording has no header.
      if (!(thrown instanceof InspectorError && thrown.code === 'decode-failed' && this.#learned.header)) throw thrown
      this.#learned.fault = thrown.message
    } finally {
      await pieces.return({ records: 0, end: null, cut: null })
    }
  }

  async #takeSocket(socket: RecordedSocket, schema: ProtobufSchema): Promise<void> {
    this.#sockets.set(socket.session, { ...socket, session: this.#sessionOf(socket.session) })
    await this.log.setViews(this.viewsIn(schema))
  }

  #takeRecord(record: TranscriptRecord): void {
    const { id, at, session } = record
    const { span } = this.#learned
    // Those of another program need not grow.
    this.#lastNumber = Math.max(this.#lastNumber + 1, id)
    this.log.append({ ...record, session: this.#sessionOf(session) }, this.#lastNumber)
    this.#learned.records += 1
    this.#learned.span = { from: Math.min(span?.from ?? at, at), to: Math.max(span?.to ?? at, at) }
  }

  readonly #sessions = new Map<string, string>()

  #sessionOf(session: string): string {
    const known = this.#sessions.get(session)
    if (known !== undefined) return known
    const id = recordedSession(this.#sessions.size + 1)
    this.#sessions.set(session, id)
    return id
  }
}
