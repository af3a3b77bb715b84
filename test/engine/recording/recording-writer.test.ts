import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readRecordingFile } from '../../../src/engine/recording/read-recording.ts'
import { recordingLines } from '../../../src/engine/recording/recording-lines.ts'
import { RecordingWriter } from '../../../src/engine/recording/recording-writer.ts'
import type { RecordingOutcome } from '../../../src/shared/recording/format.ts'
import type { TranscriptRecord } from '../../../src/shared/transcript/record.ts'
import { anyHeader, anySocket, fullRecord, receivedMessage, recordingOf } from '../../support/recordings.ts'
import { canMount, mountSmallDisk } from '../../support/small-disk.ts'

/** Reads all of a recording, and tells how it ended. */
async function outcomeOf(path: string): Promise<RecordingOutcome> {
  const pieces = readRecordingFile(path)
  for (;;) {
    const next = await pieces.next()
    if (next.done) return next.value
    for (const item of next.value) expect(item.kind).toMatch(/^(?:header|socket|record|end)$/)
  }
}

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'recording')
}

const ignore = () => undefined

test('a recording is written as it comes, and ends with their number', async () => {
  const path = newPath()
  const writer = await RecordingWriter.create({ path, overwrite: false }, anyHeader, ignore)
  writer.tell(anySocket)
  writer.append(fullRecord, 1)
  const closing = writer.close()
  writer.append(fullRecord, 2)
  await closing
  expect(writer.records).toBe(1)
  expect(readFileSync(path, 'utf8')).toBe(recordingOf(fullRecord))
})

test.skipIf(process.platform === 'win32')('it is for its owner alone', async () => {
  const path = newPath()
  await (await RecordingWriter.create({ path, overwrite: false }, anyHeader, ignore)).close()
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('it can be read before it has its end', async () => {
  const path = newPath()
  const writer = await RecordingWriter.create({ path, overwrite: false }, anyHeader, ignore)
  writer.append(fullRecord, 1)
  await expect.poll(() => readFileSync(path, 'utf8').split('\n').length).toBe(3)
  expect(await outcomeOf(path)).toEqual({ records: 1, end: null, cut: null })
  writer.append(fullRecord, 2)
  await writer.close(false)
  expect(await outcomeOf(path)).toEqual({ records: 2, end: { records: 2, complete: false }, cut: null })
})

test('whoever writes waits for the disk', async () => {
  const writer = await RecordingWriter.create({ path: newPath(), overwrite: false }, anyHeader, ignore)
  expect(writer.ready()).toBeUndefined()
  // The first is on its way; the others wait for it.
  for (let count = 0; count < 4; count += 1) writer.append(receivedMessage(new Uint8Array(3 * 1024 ** 2)), count)
  const ready = writer.ready()
  expect(ready).toBeInstanceOf(Promise)
  await ready
  expect(writer.ready()).toBeUndefined()
  await writer.close()
})

test('a file that is there is replaced only when asked for, and nothing but a file', async () => {
  const path = newPath()
  writeFileSync(path, 'something longer than a recording without records that was here before, and even more of it')
  await expect(RecordingWriter.create({ path, overwrite: false }, anyHeader, ignore)).rejects.toMatchObject({
    code: 'EEXIST',
  })
  await (await RecordingWriter.create({ path, overwrite: true }, anyHeader, ignore)).close()
  expect(readFileSync(path, 'utf8')).toBe(recordingOf().replace(/.*"socket".*\n/, ''))
  await expect(RecordingWriter.create({ path: tmpdir(), overwrite: true }, anyHeader, ignore)).rejects.toThrow('folder')
})

test('a failure is told once, and by the end', async () => {
  const path = newPath()
  const failures: unknown[] = []
  const writer = await RecordingWriter.create({ path, overwrite: false }, anyHeader, (failure) =>
    failures.push(failure),
  )
  writer.append(fullRecord, 1)
  writer.append(receivedMessage(new Uint8Array(257 * 1024 ** 2)), 2)
  writer.append(fullRecord, 3)
  expect(failures).toEqual([expect.objectContaining({ code: 'too-large' })])
  await expect(writer.close()).rejects.toBe(failures[0])
  expect(failures).toHaveLength(1)
})

test.skipIf(!canMount)('a full disk (as root): what fits can be read, and its cut is told', async () => {
  const disk = mountSmallDisk('size=64k')
  onTestFinished(() => disk.remove())
  const path = join(disk.path, 'recording')
  const failures: unknown[] = []
  const writer = await RecordingWriter.create({ path, overwrite: false }, anyHeader, (each) => failures.push(each))
  for (let number = 1; failures.length === 0; number += 1) {
    writer.append(receivedMessage('x'.repeat(1000)), number)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await expect(writer.close()).rejects.toMatchObject({ code: 'ENOSPC' })
  const { records, end, cut } = await outcomeOf(path)
  expect(records).toBeGreaterThan(40)
  expect([cut, end]).toEqual([{ line: records + 2, offset: expect.any(Number) }, null])
})

async function* each(
  records: readonly TranscriptRecord[],
  complete: boolean,
): AsyncGenerator<TranscriptRecord, boolean> {
  yield* records
  return complete
}

async function linesOf(records: readonly TranscriptRecord[], complete: boolean): Promise<string> {
  const socketOf = (session: string) => (session === 'one' ? anySocket : null)
  const lines: string[] = []
  for await (const line of recordingLines(anyHeader, each(records, complete), socketOf)) lines.push(line)
  return lines.join('')
}

test('records that are there get the socket of each session once, before its first', async () => {
  expect(await linesOf([fullRecord], true)).toBe(recordingOf(fullRecord))
  const other = { ...fullRecord, session: 'gone' }
  const kinds = (await linesOf([other, fullRecord, other, fullRecord], false)).match(/^\{"\w+"/gm)
  expect(kinds).toEqual(['{"format"', '{"id"', '{"socket"', '{"id"', '{"id"', '{"id"', '{"end"'])
  expect(await linesOf([other], false)).toContain('"end":{"records":1,"complete":false}')
})
