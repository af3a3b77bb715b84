import type Database from 'libsql'
import { z } from 'zod'
import { InspectorError } from '../../shared/errors.ts'
import { NewerVersionError, readDocument } from '../../shared/kept/document-format.ts'
import { type LabRun, labRunFormat } from '../../shared/lab/result.ts'
import { type RunRow, rowOf, runRowSchema } from '../../shared/lab/run-row.ts'
import {
  closeDatabase,
  copyDatabase,
  type DatabaseFormat,
  openDatabase,
  openOrSetAside,
  requireWhole,
} from '../files/open-database.ts'
import { readableRuns } from './readable-runs.ts'

/** The layout of the file. A run's document has a version of its own (shared/lab/result.ts). */
export const runFileFormat: DatabaseFormat = {
  migrations: [
    `
  CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY,
    row TEXT NOT NULL,
    document TEXT NOT NULL
  )`,
  ],
}

const listedSchema = z.object({ id: z.number(), row: z.string() })
const documentSchema = z.object({ document: z.string() })

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON is no run either, and is told as that by whoever checks it.
    return undefined
  }
}

/** The list's entry of a run whose own cannot be read: it can still be seen and removed. */
const damagedRow = (id: number): RunRow => ({
  id,
  name: `Damaged run ${id}`,
  startedAt: 0,
  endpoint: '',
  outcome: 'failed',
  settings: 'its entry in the file cannot be read',
  steps: 0,
  replied: 0,
  p50Ns: null,
  p99Ns: null,
})

/** A damaged file, which was set aside, and how many of its runs could be taken over. */
export interface DamagedRuns {
  readonly setAside: string
  readonly reason: string
  readonly rescued: number
}

/** The runs that were kept, in one SQLite file. Every call may throw what SQLite says. */
export class RunStore {
  readonly #database: Database.Database

  /**
   * Opens or makes the file, and looks whether it is whole. A damaged one is set aside, and what can be read of it goes
   * to the new one; `damaged` is told where the damaged one is now. Throws `NewerVersionError`.
   */
  constructor(path: string, damaged: (damage: DamagedRuns) => void) {
    let damage: { setAside: string; reason: string } | null = null
    const open = () => openDatabase(path, runFileFormat, requireWhole)
    this.#database = openOrSetAside(path, open, (setAside, reason) => {
      damage = { setAside, reason }
    })
    if (damage) this.#takeFrom(damage, damaged)
  }

  #takeFrom(damage: { setAside: string; reason: string }, damaged: (damage: DamagedRuns) => void): void {
    let rescued = 0
    try {
      const insert = this.#database.prepare('INSERT INTO runs (id, row, document) VALUES (?, ?, ?)')
      for (const { id, row, document } of readableRuns(damage.setAside)) {
        insert.run(id, row, document)
        rescued += 1
      }
    } finally {
      damaged({ ...damage, rescued })
    }
  }

  /** Keeps a run; returns its id. */
  add(run: LabRun): number {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO runs (row, document) VALUES (?, ?)')
      .run(JSON.stringify(rowOf(0, run)), JSON.stringify(run))
    return Number(lastInsertRowid)
  }

  /** The newest first. */
  list(): RunRow[] {
    const found = z.array(listedSchema).parse(this.#database.prepare('SELECT id, row FROM runs ORDER BY id DESC').all())
    return found.map(({ id, row }) => {
      const parsed = runRowSchema.safeParse(parseJson(row))
      return parsed.success ? { ...parsed.data, id } : damagedRow(id)
    })
  }

  /** Throws `InspectorError` when it is gone or cannot be read. */
  read(id: number): LabRun {
    const found = documentSchema
      .optional()
      .parse(this.#database.prepare('SELECT document FROM runs WHERE id = ?').get(id))
    if (!found) throw new InspectorError('file-failed', 'This run is no longer there.')
    try {
      return readDocument(parseJson(found.document), labRunFormat).document
    } catch (thrown) {
      const reason = thrown instanceof NewerVersionError ? `cannot be read: ${thrown.message}` : 'is damaged'
      throw new InspectorError('file-failed', `Run ${id} ${reason}. Other runs are not affected.`, undefined, {
        cause: thrown,
      })
    }
  }

  rename(id: number, name: string): void {
    const run = { ...this.read(id), name }
    this.#database
      .prepare('UPDATE runs SET row = ?, document = ? WHERE id = ?')
      .run(JSON.stringify(rowOf(id, run)), JSON.stringify(run), id)
  }

  remove(id: number): void {
    this.#database.prepare('DELETE FROM runs WHERE id = ?').run(id)
  }

  get count(): number {
    const row = this.#database.prepare('SELECT count(*) AS count FROM runs').get()
    return z.object({ count: z.number() }).parse(row).count
  }

  /** Writes all runs to a new file. */
  copyTo(path: string): void {
    copyDatabase(this.#database, path)
  }

  close(): void {
    closeDatabase(this.#database)
  }
}
