import Database from 'libsql'
import { z } from 'zod'

const rowSchema = z.object({ id: z.number(), row: z.string(), document: z.string() })

type StoredRun = z.infer<typeof rowSchema>

/** Reads run after run in one direction, until there are no more or the damage is reached. */
function readFrom(
  database: Database.Database,
  order: 'ASC' | 'DESC',
  seen: ReadonlyMap<number, StoredRun>,
): StoredRun[] {
  const [compare, start] = order === 'ASC' ? ['>', Number.MIN_SAFE_INTEGER] : ['<', Number.MAX_SAFE_INTEGER]
  const found: StoredRun[] = []
  try {
    const next = database.prepare(
      `SELECT id, row, document FROM runs WHERE id ${compare} ? ORDER BY id ${order} LIMIT 1`,
    )
    for (let id = start; ; ) {
      const row: unknown = next.get(id)
      const parsed = rowSchema.safeParse(row)
      if (!parsed.success || seen.has(parsed.data.id)) return found
      found.push(parsed.data)
      id = parsed.data.id
    }
  } catch {
    // The damage is here. What lies behind it is read from the other end.
    return found
  }
}

/** The runs in a damaged file that can still be read, in the order of their ids. */
export function readableRuns(path: string): readonly StoredRun[] {
  let database: Database.Database
  try {
    database = new Database(path, { readonly: true })
  } catch {
    return []
  }
  try {
    const runs = new Map<number, StoredRun>()
    for (const order of ['ASC', 'DESC'] as const) {
      for (const run of readFrom(database, order, runs)) runs.set(run.id, run)
    }
    return [...runs.values()].sort((one, other) => one.id - other.id)
  } finally {
    database.close()
  }
}
