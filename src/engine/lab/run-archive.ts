import { InspectorError } from '../../shared/errors.ts'
import type { LabRun } from '../../shared/lab/result.ts'
import { type RunRow, rowOf } from '../../shared/lab/run-row.ts'
import { reasonOf } from '../../shared/reason.ts'
import { RunStore } from './run-store.ts'

export interface ArchiveHost {
  /** The file; it is opened when it is first needed. */
  readonly path: string
  damaged(setAside: string, reason: string): void
  /** A run could not be stored; it is kept in memory until the application ends. */
  notKept(reason: string): void
  /** The file cannot be read; runs in memory are there all the same. Called once for each reason. */
  unreadable(reason: string): void
}

/** All runs: those in the file, and in memory those that could not be stored. */
export class RunArchive {
  #store: RunStore | undefined
  /** Runs that could not be stored, by ids below 0. */
  readonly #inMemory = new Map<number, LabRun>()
  #lastId = 0
  /** Why the file could not be read last. */
  #unreadable = ''

  constructor(private readonly host: ArchiveHost) {}

  /** Keeps a run; returns its id. Never throws. */
  add(run: LabRun): number {
    try {
      return this.#open().add(run)
    } catch (thrown) {
      this.#lastId -= 1
      const id = this.#lastId
      this.#inMemory.set(id, run)
      this.host.notKept(reasonOf(thrown))
      return id
    }
  }

  /** The newest first. Of a file that cannot be read there are none. */
  list(): RunRow[] {
    const inMemory = [...this.#inMemory].reverse().map(([id, run]) => rowOf(id, run))
    try {
      return [...inMemory, ...this.#open().list()]
    } catch (thrown) {
      const reason = reasonOf(thrown)
      if (reason !== this.#unreadable) this.host.unreadable(reason)
      this.#unreadable = reason
      return inMemory
    }
  }

  read(id: number): LabRun {
    return this.#inMemory.get(id) ?? this.#stored((store) => store.read(id))
  }

  rename(id: number, name: string): void {
    const inMemory = this.#inMemory.get(id)
    if (inMemory) this.#inMemory.set(id, { ...inMemory, name })
    else this.#stored((store) => store.rename(id, name))
  }

  remove(id: number): void {
    if (!this.#inMemory.delete(id)) this.#stored((store) => store.remove(id))
  }

  close(): void {
    this.#store?.close()
    this.#store = undefined
  }

  #open(): RunStore {
    this.#store ??= new RunStore(this.host.path, (aside, reason) => this.host.damaged(aside, reason))
    return this.#store
  }

  #stored<Value>(work: (store: RunStore) => Value): Value {
    try {
      return work(this.#open())
    } catch (thrown) {
      if (thrown instanceof InspectorError) throw thrown
      throw new InspectorError('file-failed', `The file of the runs cannot be used: ${reasonOf(thrown)}`, undefined, {
        cause: thrown,
      })
    }
  }
}
