import { existsSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { InspectorError } from '../../shared/errors.ts'
import type { LabRun } from '../../shared/lab/result.ts'
import { type RunRow, rowOf } from '../../shared/lab/run-row.ts'
import { reasonOf } from '../../shared/reason.ts'
import { systemCode } from '../failures.ts'
import { FileWatch } from '../files/file-watch.ts'
import type { Disturbance } from '../files/json-file.ts'
import { makeOwnerOnlyFolder } from '../files/owner-only.ts'
import { requireRegularOrNothing } from '../files/regular-file.ts'
import { companions, freeName } from '../files/set-aside.ts'
import { WatchedIdentity } from '../files/watched-identity.ts'
import { type DamagedRuns, RunStore } from './run-store.ts'

const tryEveryMs = 10_000

const notStored = { notStored: true } as const

export interface ArchiveHost {
  /** The file; it is opened when it is first needed. */
  readonly path: string
  damaged(damage: DamagedRuns): void
  /** How many runs are not stored, and why; called when that changes. 0 and null when all of them are stored. */
  unstored(count: number, reason: string | null): void
  /** Why the file cannot be read, once for each reason; null when it can be read again. Runs in memory are there all the same. */
  unreadable(reason: string | null): void
  /** Somebody else removed the file, and it was written again; or its place is taken, and `keptAs` holds the runs. */
  disturbed(disturbance: Disturbance): void
  /** The list has changed by itself. */
  listChanged(): void
}

/** Gives a copy of all runs the place of the file that was removed. False where that cannot be done. */
function putInPlace(copy: string, target: string): boolean {
  try {
    // What SQLite left beside the old file would do damage to the new one.
    for (const suffix of companions) rmSync(target + suffix, { force: true })
    renameSync(copy, target)
    return true
  } catch {
    // The copy stays as it is, and where it is will be told.
    return false
  }
}

interface OpenStore {
  readonly store: RunStore
  readonly identity: WatchedIdentity
  /** Where the file is, behind the links that lead to it. */
  readonly target: string
}

/**
 * All runs: those in the file, and in memory those that could not be stored. These are tried again every 10 s, and
 * before the next run is added.
 */
export class RunArchive {
  #open: OpenStore | undefined
  /** Runs that are not stored, by ids below 0. */
  readonly #inMemory = new Map<number, LabRun>()
  /** The ids in the file of runs that were stored later; whoever knows them by the ids below 0 goes on with these. */
  readonly #storedAs = new Map<number, number>()
  #lastId = 0
  /** Why the file could not be read last; null when it could. */
  #unreadable: string | null = null
  /** Why the runs of a file that somebody removed could not be written to a new one. */
  #homeless: string | null = null
  #told = { count: 0, reason: '' }
  #retry: NodeJS.Timeout | undefined
  #watch: FileWatch | undefined

  constructor(private readonly host: ArchiveHost) {}

  /** Tells when something else than a file is in its place. The file itself is opened when it is first needed. */
  checkPlace(): void {
    try {
      requireRegularOrNothing(this.host.path)
    } catch (thrown) {
      this.#tellUnreadable(reasonOf(thrown))
    }
  }

  /** Keeps a run; returns its id. Never throws. */
  add(run: LabRun): number {
    this.storeAgain()
    try {
      const id = this.#use((store) => store.add(run))
      if (this.#homeless !== null) this.#tellUnstored(this.#homeless)
      return id
    } catch (thrown) {
      this.#lastId -= 1
      this.#inMemory.set(this.#lastId, run)
      this.#tellUnstored(reasonOf(thrown))
      return this.#lastId
    }
  }

  /** How many runs are not stored, and would be lost. */
  get unstored(): number {
    return this.#told.count
  }

  /** Why they are not. */
  get unstoredReason(): string {
    return this.#told.reason
  }

  /** Tries to store what is not stored. Never throws. */
  storeAgain(): void {
    if (this.#inMemory.size === 0 && this.#homeless === null && this.#unreadable === null) return
    let reason = ''
    let changed = false
    for (const [id, run] of this.#inMemory) {
      try {
        this.#storedAs.set(
          id,
          this.#use((store) => store.add(run)),
        )
        this.#inMemory.delete(id)
        changed = true
      } catch (thrown) {
        reason = reasonOf(thrown)
      }
    }
    this.#followFile()
    this.#tellUnstored(reason)
    const before = this.#unreadable
    this.list()
    if (changed || before !== this.#unreadable) this.host.listChanged()
  }

  /** The newest first. Of a file that cannot be read there are none. */
  list(): RunRow[] {
    const inMemory = [...this.#inMemory].reverse().map(([id, run]) => ({ ...rowOf(id, run), ...notStored }))
    try {
      const stored = this.#use((store) => store.list())
      this.#tellUnreadable(null)
      const mark = this.#homeless === null ? {} : notStored
      const known = new Map([...this.#storedAs].map(([id, storedId]) => [storedId, id]))
      return [...inMemory, ...stored.map((row) => ({ ...row, id: known.get(row.id) ?? row.id, ...mark }))]
    } catch (thrown) {
      this.#tellUnreadable(reasonOf(thrown))
      return inMemory
    }
  }

  read(id: number): LabRun {
    return this.#inMemory.get(id) ?? this.#stored((store) => store.read(this.#idInFile(id)))
  }

  rename(id: number, name: string): void {
    const inMemory = this.#inMemory.get(id)
    if (inMemory) this.#inMemory.set(id, { ...inMemory, name })
    else this.#stored((store) => store.rename(this.#idInFile(id), name))
  }

  remove(id: number): void {
    if (!this.#inMemory.delete(id)) {
      this.#stored((store) => store.remove(this.#idInFile(id)))
      // The next run may get the number of this one in the file.
      this.#storedAs.delete(id)
    }
    this.#tellUnstored(this.#told.reason)
  }

  /**
   * Tries once more to store what is not stored, and closes the file: not one that nobody finds any more, as long as it
   * holds the only copy of its runs.
   */
  close(): void {
    this.#followFile()
    this.storeAgain()
    clearInterval(this.#retry)
    this.#watch?.close()
    this.#retry = undefined
    if (this.#homeless === null) this.#forget()
  }

  #idInFile(id: number): number {
    return this.#storedAs.get(id) ?? id
  }

  #stored<Value>(work: (store: RunStore) => Value): Value {
    try {
      return this.#use(work)
    } catch (thrown) {
      if (thrown instanceof InspectorError) throw thrown
      const reason = reasonOf(thrown)
      throw new InspectorError('file-failed', `The file of the runs cannot be used: ${reason}.`, undefined, {
        cause: thrown,
      })
    }
  }

  /** A file that became damaged while it was open is opened again, which sets it aside. */
  #use<Value>(work: (store: RunStore) => Value): Value {
    this.#followFile()
    try {
      return work(this.#opened())
    } catch (thrown) {
      const isDamage = /^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(systemCode(thrown) ?? '')
      // What has no place any more cannot be opened again.
      if (thrown instanceof InspectorError || !isDamage || this.#homeless !== null) throw thrown
      this.#forget()
      return work(this.#opened())
    }
  }

  #opened(): RunStore {
    if (!this.#open) {
      const { path } = this.host
      const store = new RunStore(path, (damage) => this.host.damaged(damage))
      this.#open = { store, identity: new WatchedIdentity(path), target: realpathSync(path) }
      this.#watch = new FileWatch(path, () => this.#followFile())
    }
    return this.#open.store
  }

  #forget(): void {
    this.#watch?.close()
    const { store } = this.#open ?? {}
    this.#open = undefined
    try {
      store?.close()
    } catch {
      // What cannot be closed well cannot be used either, and it is opened again.
    }
  }

  /** When somebody removed or replaced the file, what is in the open one goes to a new one. Never throws. */
  #followFile(): void {
    if (!this.#open || this.#open.identity.isInPlace()) return
    const { store, target } = this.#open
    const { path } = this.host
    const isReplaced = existsSync(path)
    const time = new Date().toISOString().replaceAll(':', '-')
    const copy = freeName(`${isReplaced ? path : target}.${isReplaced ? 'replaced' : 'restored'}-${time}`)
    try {
      makeOwnerOnlyFolder(dirname(copy))
      store.copyTo(copy)
    } catch (thrown) {
      if (existsSync(copy)) rmSync(copy)
      this.#homeless = reasonOf(thrown)
      this.#tellUnstored(this.#homeless)
      return
    }
    this.#forget()
    const isWrittenAgain = !isReplaced && putInPlace(copy, target)
    // Other runs are in the other file.
    if (!isWrittenAgain) this.#storedAs.clear()
    const changesList = !isWrittenAgain || this.#homeless !== null
    this.#homeless = null
    this.host.disturbed({ path, keptAs: isWrittenAgain ? null : copy })
    this.#tellUnstored('')
    if (changesList) this.host.listChanged()
  }

  #tellUnstored(reason: string): void {
    const homeless = this.#homeless === null ? 0 : (this.#open?.store.count ?? 0)
    const count = this.#inMemory.size + homeless
    const now = { count, reason: count === 0 ? '' : (this.#homeless ?? reason) }
    if (now.count !== this.#told.count || now.reason !== this.#told.reason) {
      this.#told = now
      this.host.unstored(count, count === 0 ? null : now.reason)
    }
    this.#keepTrying()
  }

  #tellUnreadable(reason: string | null): void {
    if (reason === this.#unreadable) return
    this.#unreadable = reason
    this.host.unreadable(reason)
    this.#keepTrying()
  }

  #keepTrying(): void {
    const isTrying = this.#told.count > 0 || this.#unreadable !== null
    if (isTrying) this.#retry ??= setInterval(() => this.storeAgain(), tryEveryMs)
    else {
      clearInterval(this.#retry)
      this.#retry = undefined
    }
  }
}
