import { Worker } from 'node:worker_threads'
import { InspectorError } from '../../shared/errors.ts'
import { sizeOf } from '../../shared/message.ts'
import { PendingCalls } from '../../shared/pending-calls.ts'
import type { FoundRows, LogCount } from '../../shared/transcript/query.ts'
import type { NewRecord, RecordPlace, RecordRow, TranscriptRecord } from '../../shared/transcript/record.ts'
import type { LogStatus } from '../../shared/transcript/status.ts'
import type { LogSink } from '../host.ts'
import { LogBatch } from './batch.ts'
import type { SearchQuery } from './find.ts'
import type { LogEvent } from './log-event.ts'
import type {
  FromLogThread,
  LogBounds,
  LogCallName,
  LogCalls,
  LogThreadData,
  LogViews,
  StoreStatus,
  ToLogThread,
} from './protocol.ts'
import type { LogQuery } from './query.ts'
import type { ReadableLog } from './read-entries.ts'

/**
 * A batch goes to the file this soon, so that what happens is seen at once; or later when many entries come: a transaction
 * writes every page that it touches, and all of them touch those of the indexes.
 */
const batchAfterMs = 25
const fullBatchAfterMs = 100
/** A batch with at least this many entries after the shorter time waits for the longer. */
const manyEntries = 200
/** How often it is told at most how many entries are not recorded. */
const tellUnrecordedAfterMs = 250
/** What may wait for the disk. Past it entries are counted instead of kept, so that a flood cannot eat the memory. */
const maximumPendingBytes = 256 * 1024 * 1024
const maximumPendingEntries = 200_000

export interface LogOptions extends LogBounds {
  /** The SQLite file. A damaged one is set aside and a new one begun. */
  readonly path: string
  /** The built log-worker module. */
  readonly worker: URL
  /** How often a file that cannot be written is tried again, in milliseconds; 10 s by default. */
  readonly tryEveryMs?: number
  /** Whether somebody else may remove or replace the file; true by default. */
  readonly watchesFile?: boolean
  tell(event: LogEvent): void
}

/** The message log: batches what is appended and hands it to a thread that owns the SQLite file. */
export class MessageLog implements LogSink, ReadableLog {
  readonly #worker: Worker
  readonly #calls = new PendingCalls()
  /** What was not handed to the thread yet; only the last takes more. */
  #batches: LogBatch[] = []
  #timer: NodeJS.Timeout | undefined
  #immediate: NodeJS.Immediate | undefined
  /** What is not in the file yet. */
  #pendingBytes = 0
  #pendingEntries = 0
  #isRecording = true
  #unrecorded = 0
  /** Tells how many entries are not recorded: no status of the file does meanwhile. */
  #telling: NodeJS.Timeout | undefined
  #unlogged = 0
  #failedToWrite = 0
  /** Why nothing can be written now; null when it can. */
  #trouble: string | null = null
  /** `failedToWrite` when the trouble began. */
  #failedBefore = 0
  /** When each batch began that the thread has not finished, the oldest first. */
  readonly #begun: number[] = []
  #status: StoreStatus | undefined
  /** The number of the newest record, and of the newest before the batch that takes more. */
  #newest = 0
  #newestBefore = 0
  /** The highest number that a record of the file has or had, as far as it is known. */
  #lastInFile = 0
  #tellNumbered = (): void => undefined
  /** Resolves when it is known from where numbering goes on, or that no file says so. */
  readonly numbered = new Promise<void>((resolve) => {
    this.#tellNumbered = resolve
  })
  #broken: string | undefined
  #closed = false
  #closing: Promise<void> | undefined

  constructor(private readonly options: LogOptions) {
    const { path, maximumBytes, maximumAgeMs, tryEveryMs = 10_000, watchesFile = true } = options
    const data: LogThreadData = { path, maximumBytes, maximumAgeMs, tryEveryMs, watchesFile }
    this.#worker = new Worker(options.worker, { workerData: data })
    this.#worker.on('message', (message: FromLogThread) => this.#onMessage(message))
    this.#worker.on('error', (error) => this.#break(error.message))
    this.#worker.on('exit', () => this.#break('the thread of the log ended'))
  }

  /** Null until the file is open, and when it cannot be used. */
  get status(): LogStatus | null {
    if (!this.#status || this.#broken) return null
    return this.#complete(this.#status)
  }

  /**
   * The least number that a record to come may have. Rows are read on after the last that was read: so none may be
   * numbered before what has left for the file.
   */
  nextNumber(): number {
    const last = this.#batches.at(-1)
    return Math.max(this.#lastInFile, last && !last.full ? this.#newestBefore : this.#newest) + 1
  }

  /**
   * Copies the record, which is written later: call it when no round trip is measured. By default it gets the number
   * after the newest.
   */
  append(entry: NewRecord, number = Math.max(this.#newest, this.#lastInFile) + 1): void {
    if (!this.#isRecording) {
      this.#unrecorded += 1
      this.#telling ??= setTimeout(() => this.#tellStatus(), tellUnrecordedAfterMs).unref()
      return
    }
    if (this.#broken !== undefined) {
      this.#failedToWrite += 1
      return
    }
    const size = sizeOf(entry.frames)
    const fits = this.#pendingBytes + size <= maximumPendingBytes && this.#pendingEntries + 1 <= maximumPendingEntries
    if (this.#closed || !fits) {
      this.#unlogged += 1
      return
    }
    this.#pendingBytes += size
    this.#pendingEntries += 1
    this.#openBatch().add(entry, number, size)
    this.#newest = Math.max(this.#newest, number)
    if (this.#batches[0]?.full) this.#immediate ??= setImmediate(() => this.#sendBatches())
    else this.#timer ??= setTimeout(() => this.#sendUnlessMany(), batchAfterMs)
  }

  /** Starts or stops logging what happens. What is appended meanwhile is counted. */
  record(recording: boolean): void {
    this.#isRecording = recording
    this.#tellStatus()
  }

  query(query: LogQuery): Promise<readonly RecordRow[]> {
    return this.#call('query', query)
  }

  search(query: SearchQuery): Promise<FoundRows<RecordRow>> {
    return this.#call('search', query)
  }

  count(input: LogCalls['count']['input']): Promise<LogCount> {
    return this.#call('count', input)
  }

  partner(record: RecordPlace): Promise<number | null> {
    return this.#call('partner', record)
  }

  entry(id: number): Promise<TranscriptRecord | null> {
    return this.#call('entry', id)
  }

  page(input: LogCalls['page']['input']): Promise<LogCalls['page']['output']> {
    return this.#call('page', input)
  }

  survey(input: LogCalls['survey']['input']): Promise<LogCalls['survey']['output']> {
    return this.#call('survey', input)
  }

  async clear(): Promise<void> {
    this.#onStatus(await this.#call('clear', null))
  }

  async setBounds(bounds: LogBounds): Promise<void> {
    this.#onStatus(await this.#call('setBounds', bounds))
  }

  /** Has entries to come previewed as their frames are shown. */
  async setViews(views: LogViews): Promise<void> {
    await this.#call('setViews', views)
  }

  /** Resolves when everything appended so far is in the file. */
  async flush(): Promise<StoreStatus> {
    const status = await this.#call('flush', null)
    this.#onStatus(status)
    return status
  }

  /** Writes what is pending and closes the file. What is appended from now on is counted as unlogged. */
  close(): Promise<void> {
    this.#closing ??= this.#end()
    return this.#closing
  }

  #openBatch(): LogBatch {
    const last = this.#batches.at(-1)
    if (last && !last.full) return last
    const batch = new LogBatch()
    this.#newestBefore = this.#newest
    this.#batches.push(batch)
    return batch
  }

  async #end(): Promise<void> {
    const written = this.#broken === undefined ? this.#call('close', null) : undefined
    this.#closed = true
    clearTimeout(this.#telling)
    try {
      await written
    } finally {
      await this.#worker.terminate()
    }
  }

  #call<Name extends LogCallName>(name: Name, input: LogCalls[Name]['input']): Promise<LogCalls[Name]['output']> {
    if (this.#closed || this.#broken !== undefined) {
      const why = this.#broken ?? 'it is closed'
      return Promise.reject(new InspectorError('log-unavailable', `The log cannot be used: ${why}.`))
    }
    this.#sendBatches()
    return this.#calls.send((id) => this.#worker.postMessage({ type: 'call', id, name, input }))
  }

  #sendUnlessMany(): void {
    const last = this.#batches.at(-1)
    if (last && last.count >= manyEntries) {
      this.#timer = setTimeout(() => this.#sendBatches(), fullBatchAfterMs - batchAfterMs)
    } else this.#sendBatches()
  }

  /** Hands all that waits to the thread. */
  #sendBatches(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#immediate)
    this.#timer = undefined
    this.#immediate = undefined
    for (const batch of this.#batches.splice(0)) {
      const { batch: packed, transfer } = batch.pack()
      const message: ToLogThread = { type: 'append', batch: packed }
      this.#begun.push(batch.since)
      this.#worker.postMessage(message, transfer)
    }
  }

  #onMessage(message: FromLogThread): void {
    switch (message.type) {
      case 'numbered':
        this.#lastInFile = Math.max(this.#lastInFile, message.lastNumber)
        this.#tellNumbered()
        return
      case 'opened':
        this.#setTrouble(null)
        this.#onStatus(message.status)
        return
      case 'unwritable':
        this.#tellNumbered()
        this.#setTrouble(message.reason)
        this.#onStatus(message.status)
        return
      case 'disturbed':
        this.options.tell({ type: 'log.disturbed', isReplaced: message.isReplaced })
        return
      case 'damaged':
        this.options.tell({ type: 'log.damaged', setAside: message.setAside, reason: message.reason })
        return
      case 'broken':
        this.#break(message.reason)
        return
      case 'appended':
        this.#settled(message.entries, message.bytes)
        this.#onStatus(message.status)
        return
      case 'lost':
        this.#settled(message.entries, message.bytes)
        this.#failedToWrite += message.entries
        this.#setTrouble(message.reason)
        if (this.#status) this.#onStatus(this.#status)
        return
      case 'answer':
        this.#calls.answer(message.id, message.value)
        return
      case 'failure': {
        const reason = `The log could not answer: ${message.message}.`
        this.#calls.fail(message.id, new InspectorError('log-unavailable', reason))
      }
    }
  }

  #setTrouble(reason: string | null): void {
    if (reason === this.#trouble || this.#broken !== undefined) return
    const lost = this.#failedToWrite - this.#failedBefore
    if (this.#trouble === null) this.#failedBefore = this.#failedToWrite
    this.#trouble = reason
    if (reason === null) this.options.tell({ type: 'log.recovered', lost })
    else this.options.tell({ type: 'log.failed', reason, isTriedAgain: true })
  }

  #settled(entries: number, bytes: number): void {
    this.#begun.shift()
    this.#pendingBytes -= bytes
    this.#pendingEntries -= entries
  }

  #tellStatus(): void {
    clearTimeout(this.#telling)
    this.#telling = undefined
    if (this.#status) this.#onStatus(this.#status)
  }

  #onStatus(status: StoreStatus): void {
    this.#status = status
    this.#lastInFile = Math.max(this.#lastInFile, status.lastNumber)
    if (this.#broken === undefined) this.options.tell({ type: 'log.changed', status: this.#complete(status) })
  }

  #complete({ lastNumber: _lastNumber, ...status }: StoreStatus): LogStatus {
    const oldest = this.#begun[0] ?? this.#batches[0]?.since
    return {
      ...status,
      recording: this.#isRecording,
      unrecorded: this.#unrecorded,
      unlogged: this.#unlogged,
      failedToWrite: this.#failedToWrite,
      trouble: this.#trouble,
      behindMs: oldest === undefined ? 0 : performance.now() - oldest,
    }
  }

  #break(reason: string): void {
    if (this.#broken !== undefined) return
    this.#broken = reason
    this.#tellNumbered()
    this.#calls.failAll(new InspectorError('log-unavailable', `The log cannot be used: ${reason}.`))
    // The end of the thread of a closed log is no failure.
    if (!this.#closed) this.options.tell({ type: 'log.failed', reason, isTriedAgain: false })
  }
}
