import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readRecordingFile } from '../../../src/engine/recording/read-recording.ts'
import { RecordingFile, type ScanOptions } from '../../../src/engine/recording/recording-file.ts'
import { endLine, headerLine, recordLine, socketLine } from '../../../src/shared/recording/write.ts'
import type { TranscriptRecord } from '../../../src/shared/transcript/record.ts'
import { nightly, tries } from '../../support/nightly.ts'
import { anyHeader, anyRecord, anySocket, fullRecord, receivedMessage, recordingOf } from '../../support/recordings.ts'

function fileOf(content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'recording')
  writeFileSync(path, content)
  return path
}

async function opened(path: string, options?: ScanOptions): Promise<RecordingFile> {
  const file = await RecordingFile.open(path, options)
  onTestFinished(() => file.close())
  return file
}

const exact = (records: readonly TranscriptRecord[]) =>
  records.map((record) => ({ ...record, frames: record.frames.map((frame) => Buffer.from(frame).toString('hex')) }))

const numbered = (count: number, from = 0): TranscriptRecord[] =>
  Array.from({ length: count }, (_, index) => ({ ...receivedMessage(`message ${from + index}`), id: from + index }))

const lineOf = (record: TranscriptRecord): string => recordLine(record, record.id)

const idsOf = (records: readonly TranscriptRecord[]): number[] => records.map(({ id }) => id)

describe('a recording in pages', () => {
  test('has any records at their places, whoever wrote the lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { maxLength: 8 }), fc.boolean(), async (records, isOther) => {
        const text = recordingOf(...records)
        // Another program may put the fields in another order, and leave lines blank.
        const reordered = (line: string) =>
          line === '' ? '' : JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse()))
        const file = await RecordingFile.open(fileOf(isOther ? text.split('\n').map(reordered).join('\n\n') : text))
        try {
          expect(file.count).toBe(records.length)
          for (const from of records.keys()) {
            expect(exact(await file.page(from, 2))).toEqual(exact(records.slice(from, from + 2)))
          }
        } finally {
          await file.close()
        }
      }),
      tries(30, 500),
    )
  })

  test('finds records by their places in a long file, and sockets between them', async () => {
    const lines = numbered(2000).map((record) => lineOf(record) + (record.id === 700 ? socketLine(anySocket) : ''))
    const file = await opened(
      fileOf(headerLine(anyHeader) + lines.join('') + endLine({ records: 2000, complete: true })),
    )
    expect([file.count, file.header, file.sockets]).toEqual([2000, anyHeader, [anySocket]])
    expect([file.end, file.cut]).toEqual([{ records: 2000, complete: true }, null])
    for (const from of [0, 1, 255, 256, 257, 699, 700, 701, 1999]) {
      expect(idsOf(await file.page(from, 3))).toEqual([from, from + 1, from + 2].filter((id) => id < 2000))
    }
    expect(await file.page(2000, 3)).toEqual([])
  })

  test('gives fewer records where they are large, and always one', async () => {
    const large = numbered(4).map((record) => ({ ...record, frames: [new Uint8Array(2 * 1024 ** 2)] }))
    const file = await opened(fileOf(recordingOf(...large)))
    expect(idsOf(await file.page(0, 100))).toEqual([0, 1])
    expect(idsOf(await file.page(3, 100))).toEqual([3])
  })

  test('grows while it is written, and tells of a line that has not come whole', async () => {
    const [first = '', second = ''] = numbered(2).map(lineOf)
    const path = fileOf(headerLine(anyHeader) + first + second.slice(0, 20))
    const file = await opened(path)
    const offset = headerLine(anyHeader).length + first.length
    expect([file.count, file.cut, file.end]).toEqual([1, { line: 3, offset }, null])
    appendFileSync(path, second.slice(20, -1))
    await file.refresh()
    // All but its line feed is there.
    expect([file.count, file.cut]).toEqual([2, null])
    expect(idsOf(await file.page(1, 5))).toEqual([1])
    appendFileSync(path, `\n${numbered(600, 2).map(lineOf).join('')}{"end":{"records":602,"complete":false}}`)
    await file.refresh()
    expect([file.count, file.end]).toEqual([602, { records: 602, complete: false }])
    appendFileSync(path, '\n')
    await file.refresh()
    expect([file.count, file.end]).toEqual([602, { records: 602, complete: false }])
    expect(idsOf(await file.page(599, 5))).toEqual([599, 600, 601])
  })

  test('says when another program has made it shorter', async () => {
    const path = fileOf(recordingOf(...numbered(10)))
    const file = await opened(path)
    truncateSync(path, 400)
    await expect(file.page(5, 3)).rejects.toMatchObject({ code: 'file-failed' })
    await expect(file.refresh()).rejects.toMatchObject({ code: 'file-failed' })
  })

  test('tells where a line is wrong, at the latest when its page is read', async () => {
    const before = headerLine(anyHeader) + lineOf(fullRecord)
    await expect(opened(fileOf(`${before}nothing\n`))).rejects.toMatchObject({
      code: 'decode-failed',
      details: { line: 3, offset: before.length },
    })
    const file = await opened(fileOf(`${before}{"id":nothing}\n`))
    expect(exact(await file.page(0, 1))).toEqual(exact([fullRecord]))
    await expect(file.page(1, 1)).rejects.toMatchObject({ details: { line: 3, offset: before.length } })
    await expect(opened(fileOf(recordingOf(fullRecord) + lineOf(fullRecord)))).rejects.toThrow('after the end')
    await expect(opened(fileOf(`${recordingOf(fullRecord)}{"id":1}`))).rejects.toThrow('after the end')
  })

  test.each([
    ['nothing', '', 'it is empty'],
    ['another text', 'Hello', 'its first line is not'],
    ['no line end', Buffer.alloc(2 * 1024 ** 2, 'x'), 'its first line is not'],
    [
      'a newer version',
      headerLine(anyHeader).replace('"version":1', '"version":2'),
      'a newer version of ZeroMQ Inspector',
    ],
  ])('refuses %s', async (_what, content, message) => {
    await expect(opened(fileOf(content))).rejects.toThrow(message)
  })

  test('refuses what is no file', async () => {
    await expect(opened(tmpdir())).rejects.toThrow('it is a folder')
    await expect(readRecordingFile(tmpdir()).next()).rejects.toThrow('it is a folder')
    await expect(opened(join(tmpdir(), 'inspector-missing'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('tells how far it is, and stops when it is asked to', async () => {
    const path = fileOf(recordingOf(...numbered(30_000)))
    const stop = new AbortController()
    const progress: number[] = []
    const onProgress = (done: number, of: number) => {
      progress.push(done / of)
      if (done < of) stop.abort(new Error('stopped'))
    }
    await expect(opened(path, { signal: stop.signal, onProgress })).rejects.toThrow('stopped')
    expect(progress).toHaveLength(1)
    await opened(path, { onProgress })
    expect(progress.at(-1)).toBe(1)
  })
})

// A tenth of it usually: the bound on memory is the same.
const gibibyte = 1024 ** 3 / (nightly ? 1 : 8)

test('a recording of a gibibyte takes a small part of it in memory', async () => {
  const path = fileOf(headerLine(anyHeader))
  const block = numbered(5000).map(lineOf).join('')
  const blocks = Math.ceil(gibibyte / block.length)
  for (let count = 0; count < blocks; count += 1) appendFileSync(path, block)
  const before = process.memoryUsage().rss
  const file = await opened(path)
  expect(file.count).toBe(blocks * 5000)
  for (let from = 4999; from < file.count; from += file.count / 20) {
    const place = Math.floor(from)
    expect(idsOf(await file.page(place, 1))).toEqual([place % 5000])
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(120 * 1024 ** 2)
}, 120_000)
