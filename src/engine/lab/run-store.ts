import { existsSync, renameSync } from 'node:fs'
import Database from 'libsql'
import { z } from 'zod'
import { InspectorError } from '../../shared/errors.ts'
import { type LabRun, labRunSchema } from '../../shared/lab/result.ts'
import { type RunRow, rowOf, runRowSchema } from '../../shared/lab/run-row.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY,
    row TEXT NOT NULL,
    document TEXT NOT NULL
  )`

const listedSchema = z.object({ id: z.number(), row: z.string() })
const documentSchema = z.object({ document: z.string() })

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** SQLite says by its code that the file itself is of no use; a lock or a full disk says nothing about the file. */
function isDamage(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return /^SQLITE_(CORRUPT|NOTADB)/.test(code)
}

function openDatabase(path: string): Database.Database {
  const database = new Database(path)
  try {
    database.pragma('journal_mode = WAL')
    database.exec(schema)
    return database
  } catch (thrown) {
    database.close()
    throw thrown
  }
}

/** Opens the file; one that is damaged is moved aside first, and `damaged` told where to and why. */
function openSound(path: string, damaged: (setAside: string, reason: string) => void): Database.Database {
  try {
    return openDatabase(path)
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown
    const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`
    renameSync(path, aside)
    for (const suffix of ['-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix)
    damaged(aside, reasonOf(thrown))
    return openDatabase(path)
  }
}

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

/** The runs that were kept, in one SQLite file. Every call may throw what SQLite says. */
export class RunStore {
  readonly #database: Database.Database

  constructor(path: string, damaged: (setAside: string, reason: string) => void) {
    this.#database = openSound(path, damaged)
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
    const parsed = labRunSchema.safeParse(parseJson(found.document))
    if (parsed.success) return parsed.data
    throw new InspectorError('file-failed', `Run ${id} is damaged and cannot be shown. The others are not touched.`)
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

  close(): void {
    this.#database.close()
  }
}
