import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { LoadedRecording } from '../../../src/engine/recording/loaded-recording.ts'
import { endLine, headerLine, recordLine, socketLine } from '../../../src/shared/recording/write.ts'
import type { TranscriptRecord } from '../../../src/shared/transcript/record.ts'
import { builtModule } from '../../support/built.ts'
import { receivedMessage } from '../../support/recordings.ts'

const header = headerLine({ application: '1.0.0', at: 1000 })

const socket = socketLine({
  session: 'prices',
  name: 'Prices',
  pattern: 'sub',
  attach: [{ how: 'connect', endpoint: 'tcp://127.0.0.1:5555' }],
  subscriptions: [],
  security: 'none',
  views: {
    sent: { frames: [], others: null },
    received: { frames: [null], others: { encoding: 'cbor', message: null } },
  },
})

function fileOf(...lines: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'some.zmqrec')
  writeFileSync(path, lines.join(''))
  return path
}

const temporary = mkdtempSync(join(tmpdir(), 'inspector-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

async function load(path: string, signal = new AbortController().signal) {
  const loaded = await LoadedRecording.load(path, {
    worker: pathToFileURL(builtModule('log-worker')),
    schema: { messages: {}, enums: {} },
    signal,
    onProgress: () => undefined,
    temporary,
  })
  onTestFinished(() => loaded.close())
  return loaded
}

const everything = { text: '', kind: 'all', hides: [], session: null } as const

const record = (id: number, at: number, session = 'prices'): TranscriptRecord => ({
  ...receivedMessage('x'),
  id,
  at,
  session,
  frames: [Buffer.from('eur'), Buffer.from([0x18, id % 24 === id ? 0x20 : 0x21])],
})
const lineOf = (each: TranscriptRecord): string => recordLine(each, each.id)

test('a recording is a log of its own: its records are found, with sockets that no window has', async () => {
  const path = fileOf(
    header,
    socket,
    lineOf(record(7, 100)),
    lineOf(record(9, 300, 'other')),
    endLine({ records: 2, complete: true }),
  )
  const loaded = await load(path)
  const { opened, log } = loaded
  expect(opened).toMatchObject({
    name: 'some.zmqrec',
    records: 2,
    span: { from: 100, to: 300 },
    problem: null,
    sockets: [{ session: 'recording 1', name: 'Prices', pattern: 'sub' }],
  })
  const { rows } = await log.search({ filter: everything, afterId: null, beforeId: null, limit: 10 })
  expect(rows.map(({ id, session, preview }) => [id, session, preview])).toEqual([
    [7, 'recording 1', 'eur | 32'],
    [9, 'recording 2', expect.any(String)],
  ])
  const named = { ...everything, text: 'socket:prices' }
  expect(await log.count({ filter: named })).toMatchObject({ matching: 1 })
  expect(Buffer.from((await log.entry(9))?.frames[0] ?? '').toString()).toBe('eur')
  expect(readdirSync(temporary)).toHaveLength(1)
  await loaded.close()
  expect(readdirSync(temporary)).toEqual([])
  expect(existsSync(path)).toBe(true)
})

test('numbers that do not grow are taken as they come', async () => {
  const { log } = await load(fileOf(header, lineOf(record(5, 1)), lineOf(record(5, 2)), lineOf(record(1, 3))))
  const { rows } = await log.search({ filter: everything, afterId: null, beforeId: null, limit: 10 })
  expect(rows.map(({ id, at }) => [id, at])).toEqual([
    [5, 1],
    [6, 2],
    [7, 3],
  ])
})

test.each([
  ['no end', [lineOf(record(1, 1))], /^It has no end/],
  ['a line that is cut off', [lineOf(record(1, 1)), '{"id":2,"at"'], /^Line 3 is cut off/],
  [
    'a wrong line',
    [lineOf(record(1, 1)), 'nonsense\n', lineOf(record(2, 2))],
    /Only what stands before it is shown\.$/,
  ],
  [
    'not all of it',
    [lineOf(record(1, 1)), endLine({ records: 1, complete: false })],
    /^Not all messages were recorded/,
  ],
  ['another count', [lineOf(record(1, 1)), endLine({ records: 3, complete: true })], 'It should have 3 records.'],
] as const)(
  'of a recording with %s, what there is is shown, and why there may be more',
  async (_what, lines, problem) => {
    const { opened } = await load(fileOf(header, ...lines))
    expect(opened.records).toBe(1)
    expect(opened.problem).toMatch(problem)
  },
)

test('what is no recording is refused, and leaves nothing behind', async () => {
  await expect(load(fileOf('{"some": "JSON"}\n'))).rejects.toThrow('is no recording')
  await expect(load(fileOf(''))).rejects.toThrow('it is empty')
  await expect(load('/nowhere/at/all')).rejects.toThrow('ENOENT')
  const abort = new AbortController()
  abort.abort(new Error('cancelled'))
  await expect(load(fileOf(header, lineOf(record(1, 1))), abort.signal)).rejects.toThrow('cancelled')
  expect(readdirSync(temporary)).toEqual([])
})

test('more records than wait for the disk at once are all there', async () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => lineOf(record(index + 1, index)))
  const { opened, log } = await load(fileOf(header, ...lines, endLine({ records: lines.length, complete: true })))
  expect(opened).toMatchObject({ records: 50_000, problem: null })
  expect(await log.count({ filter: everything })).toMatchObject({ matching: 50_000 })
  expect(log.status).toMatchObject({ unlogged: 0, failedToWrite: 0 })
})
