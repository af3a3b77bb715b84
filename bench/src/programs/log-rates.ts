// log-rates FOLDER: entries and queries per second of the log, compared with plain SQLite and the same table. An input
// line names a side (log or sqlite), an action and a count: `log append 20000`.
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Database from 'libsql'
import { z } from 'zod'
import { monotonicNanoseconds } from '../../../src/engine/clock.ts'
import { type LogQuery, selectRows } from '../../../src/engine/transcript/query.ts'
import { logFormat } from '../../../src/engine/transcript/schema.ts'
import { KnownSockets } from '../../../src/engine/transcript/views.ts'
import type { NewRecord } from '../../../src/shared/transcript/record.ts'
import { answerLines, argument } from '../support/answering.ts'
import { openLog } from '../support/log.ts'

const entriesPerTurn = 500
const entriesPerTransaction = 2000
const shownRows = 100

const folder = argument(0)
const body = new Uint8Array(64).fill(120)
const entry: NewRecord = {
  at: Date.now(),
  kind: 'message',
  direction: 'received',
  session: 'connection',
  name: 'tcp://127.0.0.1:25933',
  frames: [body],
  envelope: 0,
  exchange: null,
  roundTripNs: 60_000,
  origin: null,
  event: null,
  detail: null,
}
const all = { text: '', kind: 'all', hides: [], session: null } as const
const newest: LogQuery = { filter: all, afterId: null, beforeId: null, limit: shownRows }
/** A text that no entry contains, so that all are searched. */
const search: LogQuery = { ...newest, filter: { ...all, text: 'not in any entry' } }

const log = openLog(join(folder, 'log.sqlite'))
const database = new Database(join(folder, 'plain.sqlite'))
database.pragma('journal_mode = WAL')
database.pragma('synchronous = NORMAL')
database.exec(logFormat.migrations.join(';'))

async function appendToLog(count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) {
    log.append(entry)
    if (index % entriesPerTurn === 0) await nextTurn()
  }
  await log.flush()
}

async function appendToDatabase(count: number): Promise<void> {
  const insert = database.prepare(
    `INSERT INTO entries (at, kind, direction, session, name, event, round_trip_ns, frame_sizes, size, preview, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const { at, kind, direction, session, name, event, roundTripNs } = entry
  const preview = 'x'.repeat(body.byteLength)
  const bytes = Buffer.from(body)
  for (let written = 0; written < count; written += entriesPerTransaction) {
    database.transaction(() => {
      for (let index = 0; index < Math.min(entriesPerTransaction, count - written); index += 1) {
        insert.run(at, kind, direction, session, name, event, roundTripNs, '64', body.byteLength, preview, bytes)
      }
    })()
  }
}

const queryLog = (query: LogQuery) => async (count: number) => {
  for (let index = 0; index < count; index += 1) await log.query(query)
}

const queryDatabase = (query: LogQuery) => async (count: number) => {
  const { sql, values } = selectRows(query, new KnownSockets())
  for (let index = 0; index < count; index += 1) database.prepare(sql).all(...values)
}

const actions: Record<string, (count: number) => Promise<void>> = {
  'log append': appendToLog,
  'sqlite append': appendToDatabase,
  'log newest': queryLog(newest),
  'sqlite newest': queryDatabase(newest),
  'log search': queryLog(search),
  'sqlite search': queryDatabase(search),
}

await answerLines(async (line) => {
  const [, name = '', times] = /^(\w+ \w+) (\d+)$/.exec(line) ?? []
  const act = actions[name]
  if (!act) throw new Error(`unknown: ${line}`)
  const count = z.coerce.number().int().min(1).parse(times)
  const start = monotonicNanoseconds()
  await act(count)
  return { count, elapsedNs: monotonicNanoseconds() - start, unlogged: log.status?.unlogged ?? 0 }
})
database.close()
await log.close()
