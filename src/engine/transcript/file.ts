import { existsSync, rmSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { NewerVersionError } from '../../shared/kept/document-format.ts'
import { reasonOf } from '../../shared/reason.ts'
import { collectGarbage } from '../collect-garbage.ts'
import { FileWatch } from '../files/file-watch.ts'
import { DamagedFileError, openOrSetAside, toOpenError } from '../files/open-database.ts'
import { makeOwnerOnlyFolder } from '../files/owner-only.ts'
import { companions } from '../files/set-aside.ts'
import { WatchedIdentity } from '../files/watched-identity.ts'
import { nextTurn } from '../next-turn.ts'
import type { FromLogThread, LogBounds, LogThreadData, LogViews, StoreStatus } from './protocol.ts'
import type { PackedRecord } from './rows.ts'
import { LogStore } from './store.ts'

/** Writing looks at the file's place at most this often. */
const lookAgainMs = 1000
/** With less than this, SQLite cannot make the files that it needs beside the log. */
const leastFreeBytes = 64 * 1024
const diskFull = 'the disk is full'
/** Turns after which libsql has let a file go whose objects were collected. */
const releaseTurns = 3

/**
 * The file of the log as long as the application runs. Where it cannot be written, on a full disk say, it is read only
 * and tried again. When somebody removes or replaces it, it is begun anew. `tell` gets what becomes of it.
 */
export class LogFile {
  #store: LogStore | undefined
  /** Why nothing can be written; null when it can. */
  #trouble: string | null = null
  #identity: WatchedIdentity | undefined
  #lookedAt = 0
  #isClosed = false
  /** How often the log was begun anew or cleared before the present store. */
  #clearedBefore = 0
  #bounds: LogBounds
  #views: LogViews | undefined
  #retry: NodeJS.Timeout | undefined
  readonly #watch: FileWatch | undefined

  /** Throws `NewerVersionError`. What else keeps the file from being opened is told, and tried again. */
  constructor(
    private readonly data: LogThreadData,
    private readonly tell: (message: FromLogThread) => void,
  ) {
    this.#bounds = data
    this.#open()
    if (data.watchesFile) this.#watch = new FileWatch(data.path, () => this.#follow())
  }

  /** To read from. Throws why that cannot be done. */
  get store(): LogStore {
    if (!this.#store) throw new Error(this.#trouble ?? 'it is closed')
    return this.#store
  }

  get status(): StoreStatus {
    const { maximumBytes } = this.#bounds
    const empty = { lastId: 0, lastNumber: 0, count: 0, evicted: 0, bytes: 0, maximumBytes, cleared: 0 }
    const status = this.#store?.status ?? empty
    return { ...status, cleared: status.cleared + this.#clearedBefore }
  }

  /** Throws why the entries could not be written; those that follow are tried again. */
  append(entries: readonly PackedRecord[]): void {
    if (performance.now() - this.#lookedAt > lookAgainMs) this.#follow()
    this.#write((store) => store.append(entries))
  }

  setBounds(bounds: LogBounds): void {
    this.#bounds = bounds
    this.#write((store) => store.setBounds(bounds))
  }

  /** Has entries to come previewed as their frames are shown, also in a file that is begun anew. */
  setViews(views: LogViews): void {
    this.#views = views
    this.#store?.setViews(views)
  }

  /** Hands some space back to the system; true when there is more to hand back. */
  releaseSpace(): boolean {
    return this.#trouble === null && this.#write((store) => store.releaseSpace())
  }

  /** Deletes all entries. A disk too full for that gets an empty file instead. Throws why neither can be done. */
  async clear(): Promise<void> {
    try {
      this.#write((store) => store.clear())
      return
    } catch {
      // The reason was told. Deleting the files needs no room.
      await this.#release()
    }
    if (this.#isClosed) return
    this.#beginAnew(() => {
      for (const suffix of ['', ...companions]) rmSync(this.data.path + suffix, { force: true })
    })
    if (this.#trouble !== null) throw new Error(this.#trouble)
  }

  close(): void {
    this.#isClosed = true
    this.#watch?.close()
    clearTimeout(this.#retry)
    this.#store?.close()
    this.#store = undefined
  }

  #open(): void {
    const { path } = this.data
    const { maximumBytes, maximumAgeMs } = this.#bounds
    try {
      // Where SQLite fails to open a file, libsql keeps it locked for a while.
      if (existsSync(path) && this.#isDiskFull()) throw new Error(diskFull)
      makeOwnerOnlyFolder(dirname(path))
      const numbered = (lastNumber: number) => this.tell({ type: 'numbered', lastNumber })
      const open = () => new LogStore(path, maximumBytes, maximumAgeMs, undefined, 'for writing', numbered)
      this.#store = openOrSetAside(path, open, (setAside, reason) => this.tell({ type: 'damaged', setAside, reason }))
      this.#identity = new WatchedIdentity(path)
      if (this.#views) this.#store.setViews(this.#views)
      this.#trouble = null
      this.tell({ type: 'opened', status: this.status })
    } catch (thrown) {
      if (thrown instanceof NewerVersionError) throw thrown
      this.#openForReading()
      this.#fail(thrown)
    }
  }

  #openForReading(): void {
    const { path } = this.data
    try {
      this.#store = new LogStore(path, this.#bounds.maximumBytes, null, undefined, 'for reading')
      this.#identity = new WatchedIdentity(path)
    } catch {
      // Why it cannot be written is told, and it is tried again: there is nothing to read meanwhile.
      this.#store = undefined
      this.#identity = undefined
    }
  }

  /** A file that turns out to be damaged is opened anew at once, and the work done there. */
  #write<Result>(work: (store: LogStore) => Result, mayBeginAnew = true): Result {
    const { store } = this
    if (store.isForReading) throw new Error(this.#trouble ?? 'it is read only')
    let result: Result
    try {
      result = work(store)
    } catch (thrown) {
      if (mayBeginAnew && toOpenError(thrown) instanceof DamagedFileError) {
        this.#beginAnew()
        return this.#write(work, false)
      }
      this.#fail(thrown)
      throw new Error(this.#trouble ?? reasonOf(thrown), { cause: thrown })
    }
    if (this.#trouble !== null) this.#works()
    return result
  }

  /** Notes and tells why nothing can be written, and tries again later. */
  #fail(thrown: unknown): void {
    this.#trouble = this.#isDiskFull() ? diskFull : reasonOf(thrown)
    this.tell({ type: 'unwritable', reason: this.#trouble, status: this.status })
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined
      if (this.#trouble !== null) void this.#tryAgain()
    }, this.data.tryEveryMs)
  }

  #works(): void {
    this.#trouble = null
    this.tell({ type: 'opened', status: this.status })
  }

  /** SQLite calls a disk that has no room for a file beside the log by other names. */
  #isDiskFull(): boolean {
    try {
      const { bavail, blocks, bsize } = statfsSync(dirname(this.data.path))
      // Some file systems do not tell their size.
      return blocks > 0 && bavail * bsize < leastFreeBytes
    } catch {
      // The folder is not there, which SQLite says better.
      return false
    }
  }

  async #tryAgain(): Promise<void> {
    try {
      if (this.#store && !this.#store.isForReading) this.#write((store) => store.probe())
      else {
        await this.#release()
        if (!this.#isClosed) this.#open()
      }
    } catch (thrown) {
      // Told already, unless another version of the application has written the file meanwhile.
      if (thrown instanceof NewerVersionError) this.tell({ type: 'broken', reason: reasonOf(thrown) })
    }
  }

  /** Closes the file for real: libsql keeps it open, and locked, until the statements for it are collected. */
  async #release(): Promise<void> {
    this.#closeStore()
    collectGarbage()
    for (let turn = 0; turn < releaseTurns; turn += 1) await nextTurn()
  }

  /** Begins a new log when somebody else has removed the file, or uses the one that is there now. */
  #follow(): void {
    this.#lookedAt = performance.now()
    if (!this.#identity || this.#identity.isInPlace()) return
    const { path } = this.data
    const isReplaced = existsSync(path)
    this.tell({ type: 'disturbed', isReplaced })
    this.#beginAnew(() => {
      // What SQLite left beside a file that is gone would do damage to a new one.
      if (!isReplaced) for (const suffix of companions) rmSync(path + suffix, { force: true })
    })
  }

  #beginAnew(prepare: () => void = () => undefined): void {
    this.#closeStore()
    this.#clearedBefore += 1
    try {
      prepare()
      this.#open()
    } catch (thrown) {
      if (thrown instanceof NewerVersionError) this.tell({ type: 'broken', reason: reasonOf(thrown) })
      else this.#fail(thrown)
    }
  }

  #closeStore(): void {
    this.#clearedBefore = this.status.cleared
    try {
      this.#store?.close()
    } catch {
      // What cannot be closed well is not used any more.
    }
    this.#store = undefined
    this.#identity = undefined
  }
}
