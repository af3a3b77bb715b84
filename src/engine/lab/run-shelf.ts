import { InspectorError } from '../../shared/errors.ts'
import type { LabRun } from '../../shared/lab/result.ts'
import { type RunRow, rowOf } from '../../shared/lab/run-row.ts'
import { RunStore } from './run-store.ts'

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

export interface ShelfHost {
  /** The file, which is opened when it is needed first. */
  readonly path: string
  damaged(setAside: string, reason: string): void
  /** A run could not be kept; it is there until the application ends. */
  notKept(reason: string): void
}

/** All runs there are: those in the file, and those that the file could not take. */
export class RunShelf {
  #store: RunStore | undefined
  /** By ids below 0. */
  readonly #loose = new Map<number, LabRun>()

  constructor(private readonly host: ShelfHost) {}

  /** Keeps a run; returns its id. Never throws. */
  add(run: LabRun): number {
    try {
      return this.#open().add(run)
    } catch (thrown) {
      const id = -1 - this.#loose.size
      this.#loose.set(id, run)
      this.host.notKept(reasonOf(thrown))
      return id
    }
  }

  /** The newest first. Throws `InspectorError`. */
  list(): RunRow[] {
    const loose = [...this.#loose].reverse().map(([id, run]) => rowOf(id, run))
    return [...loose, ...this.#stored((store) => store.list())]
  }

  read(id: number): LabRun {
    return this.#loose.get(id) ?? this.#stored((store) => store.read(id))
  }

  rename(id: number, name: string): void {
    const loose = this.#loose.get(id)
    if (loose) this.#loose.set(id, { ...loose, name })
    else this.#stored((store) => store.rename(id, name))
  }

  remove(id: number): void {
    if (!this.#loose.delete(id)) this.#stored((store) => store.remove(id))
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
