import type { FileHandle } from 'node:fs/promises'
import { InspectorError } from '../../shared/errors.ts'
import {
  type LinePlace,
  maximumHeaderBytes,
  maximumLineBytes,
  type RecordedSocket,
  type RecordingEnd,
  type RecordingHeader,
  type RecordingItem,
} from '../../shared/recording/format.ts'
import { type Line, LineSplitter } from '../../shared/recording/lines.ts'
import {
  afterEnd,
  faultAt,
  isBlank,
  isWhole,
  noHeader,
  notRecording,
  readHeader,
  readLine,
  tooLongAt,
} from '../../shared/recording/read-line.ts'
import type { TranscriptRecord } from '../../shared/transcript/record.ts'
import { filePieces, openRegular } from './file-pieces.ts'
import { RecordIndex } from './record-index.ts'

/** Bytes that are read at a time: while it is looked through, and for a page. */
const scannedBytes = 1024 ** 2
const pieceBytes = 64 * 1024
/** A page ends with the record that brings it past this. */
const pageBytes = 4 * 1024 ** 2

/** With this begins a record as the application writes it, whose rest need not be read to count it. */
const recordStart = Buffer.from('{"id":')

const isRecord = ({ bytes }: Line): boolean => recordStart.every((byte, index) => bytes[index] === byte)

/** Called with the bytes that were looked through, and how many there are. */
type OnProgress = (done: number, of: number) => void

export interface ScanOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
}

/**
 * A recording that is read in pages, however large it is: only where every 256th record is, at least, is kept in memory.
 * Its file is never written.
 */
export class RecordingFile {
  readonly #index = new RecordIndex()
  readonly #sockets = new Map<string, RecordedSocket>()
  /** Where the first line begins that was not looked at, or has no end yet. */
  #seen: LinePlace = { line: 1, offset: 0 }
  #header: RecordingHeader | null = null
  #end: RecordingEnd | null = null
  /** What a last line says that lacks nothing but its line feed. */
  #tail: RecordingItem | null = null
  #isCut = false

  private constructor(private readonly file: FileHandle) {}

  /**
   * Opens a recording and looks through it. Throws `decode-failed` for what is none, for a line that is wrong, and for a
   * newer version; `NotRegularFileError`; what the system says; the reason of the signal when it is aborted.
   */
  static async open(path: string, options: ScanOptions = {}): Promise<RecordingFile> {
    const recording = new RecordingFile(await openRegular(path))
    try {
      await recording.refresh(options)
      return recording
    } catch (thrown) {
      await recording.close()
      throw thrown
    }
  }

  get header(): RecordingHeader {
    if (!this.#header) throw notRecording(noHeader)
    return this.#header
  }

  /** What is known of the sockets of its records. */
  get sockets(): readonly RecordedSocket[] {
    return [...this.#sockets.values()]
  }

  /** How many records there are. */
  get count(): number {
    return this.#index.count + (this.#tail?.kind === 'record' ? 1 : 0)
  }

  /** What its last line says; null while it is being written, or when it was cut off. */
  get end(): RecordingEnd | null {
    return this.#tail?.kind === 'end' ? this.#tail.end : this.#end
  }

  /** Where a line begins whose rest is missing; null when all lines are whole. */
  get cut(): LinePlace | null {
    return this.#isCut ? this.#seen : null
  }

  /** Looks at what was added to the file. Throws as `open` does. */
  async refresh({ signal, onProgress }: ScanOptions = {}): Promise<void> {
    const { size } = await this.file.stat()
    if (size < this.#seen.offset) throw changed()
    const lines = new LineSplitter(this.#seen)
    for await (const piece of filePieces(this.file, this.#seen.offset, scannedBytes)) {
      signal?.throwIfAborted()
      for (const line of lines.push(piece)) {
        this.#look(line)
        this.#seen = { line: line.line + 1, offset: line.offset + line.bytes.length + 1 }
      }
      const limit = this.#header ? maximumLineBytes : maximumHeaderBytes
      if (lines.waiting > limit) throw this.#header ? tooLongAt(lines.place) : notRecording(noHeader)
      onProgress?.(lines.place.offset + lines.waiting, size)
    }
    this.#lookAtTail(lines.rest())
  }

  /**
   * Records from the one at `from` on, the first of which is 0: `limit` of them at most, or fewer where they are large, but
   * always one unless there is none. Throws `decode-failed` for a line that is wrong, with its place.
   */
  async page(from: number, limit: number): Promise<readonly TranscriptRecord[]> {
    const wanted = Math.min(limit, this.count - from)
    if (wanted <= 0) return []
    const records: TranscriptRecord[] = []
    let bytes = 0
    for await (const line of this.#linesFrom(from)) {
      const item = readLine(line)
      if (item.kind !== 'record') continue
      records.push(item.record)
      bytes += line.bytes.length
      if (records.length === wanted || bytes > pageBytes) return records
    }
    throw changed()
  }

  async close(): Promise<void> {
    await this.file.close()
  }

  /** The lines from a record on. */
  async *#linesFrom(index: number): AsyncGenerator<Line> {
    const start = this.#index.before(index) ?? { index: 0, ...this.#seen }
    const lines = new LineSplitter(start)
    let at = start.index
    for await (const piece of filePieces(this.file, start.offset, pieceBytes)) {
      for (const line of lines.push(piece)) {
        if (isBlank(line)) continue
        const isOne = isRecord(line) || readLine(line).kind === 'record'
        if (isOne && at >= index) yield line
        if (isOne) at += 1
      }
    }
    const rest = lines.rest()
    if (rest && this.#tail?.kind === 'record') yield rest
  }

  #look(line: Line): void {
    if (!this.#header) {
      if (line.bytes.length > maximumHeaderBytes) throw notRecording(noHeader)
      this.#header = readHeader(line.bytes)
      return
    }
    if (line.bytes.length > maximumLineBytes) throw tooLongAt(line)
    if (isBlank(line)) return
    if (this.#end) throw faultAt(line, afterEnd)
    if (isRecord(line)) {
      this.#index.add(line)
      return
    }
    const item = readLine(line)
    if (item.kind === 'record') this.#index.add(line)
    else if (item.kind === 'socket') this.#sockets.set(item.socket.session, item.socket)
    else if (item.kind === 'end') this.#end = item.end
  }

  /** The last line may be one that is being written. */
  #lookAtTail(rest: Line | null): void {
    if (!this.#header) throw notRecording(rest === null ? 'it is empty' : noHeader)
    this.#isCut = false
    this.#tail = null
    if (rest === null || isBlank(rest)) return
    if (!isWhole(rest)) this.#isCut = true
    else if (this.#end) throw faultAt(rest, afterEnd)
    else this.#tail = readLine(rest)
  }
}

const changed = (): InspectorError =>
  new InspectorError('file-failed', 'The recording was changed by another program while it was read.')
