import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HistogramLogReader } from 'hdr-histogram-js'
import Database from 'libsql'
import { describe, expect, test } from 'vitest'
import { exportRun, toCsv, toHgrm, toHistogramLog } from '../../../src/engine/lab/exports.ts'
import { percentileOf } from '../../../src/shared/lab/distribution.ts'
import { parseRunJson } from '../../../src/shared/lab/summary.ts'
import { archiveIn } from '../../support/archive.ts'
import { runOf, stepOf } from '../../support/lab.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'inspector-'))

const samples = [100_000, 150_000, 200_000, 1_000_000]
const run = runOf([stepOf([samples, samples])])

describe('saved runs', () => {
  test('survive a restart, newest first', () => {
    const folder = newFolder()
    const first = archiveIn(folder).archive
    const ids = [first.add(run), first.add({ ...run, name: 'second' })]
    first.close()
    const { archive, told } = archiveIn(folder)
    expect(archive.list()).toMatchObject([
      { id: ids[1], name: 'second', replied: 8, p50Ns: 150_000 },
      { id: ids[0], name: 'a run' },
    ])
    expect(archive.read(ids[0] ?? 0)).toEqual(run)
    expect(told).toEqual([])
  })

  test('can be renamed and removed', () => {
    const { archive } = archiveIn(newFolder())
    const [one, other] = [archive.add(run), archive.add(run)]
    archive.rename(one, 'before')
    archive.remove(other)
    expect(archive.list().map(({ name }) => name)).toEqual(['before'])
    expect(archive.read(one).name).toBe('before')
    expect(() => archive.read(other)).toThrow('no longer there')
  })

  test('an invalid file is set aside, and a new one started', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'lab.sqlite'), 'this is no database, but it is long enough to look like one'.repeat(50))
    const { archive, told } = archiveIn(folder)
    archive.add(run)
    expect(archive.list()).toHaveLength(1)
    expect(told).toEqual([expect.stringMatching(/^damaged .*lab\.sqlite\.damaged-/)])
    expect(readdirSync(folder).some((name) => name.includes('.damaged-'))).toBe(true)
  })

  test('a damaged run is reported, and the others can be read', () => {
    const folder = newFolder()
    const { archive } = archiveIn(folder)
    const [broken, half, sound] = [archive.add(run), archive.add(run), archive.add(run)]
    const database = new Database(join(folder, 'lab.sqlite'))
    database.prepare("UPDATE runs SET document = substr(document, 1, 50), row = '{' WHERE id = ?").run(broken)
    database
      .prepare('UPDATE runs SET document = replace(document, \'"version":1\', \'"version":9\') WHERE id = ?')
      .run(half)
    database.close()
    expect(archive.list().map(({ name }) => name)).toEqual(['a run', 'a run', `Damaged run ${broken}`])
    expect(() => archive.read(broken)).toThrow('is damaged')
    expect(() => archive.read(half)).toThrow('newer version')
    expect(archive.read(sound)).toEqual(run)
    archive.remove(broken)
    expect(archive.list()).toHaveLength(2)
  })

  test('a run that the file does not take is there until the end', () => {
    const { archive, told } = archiveIn(join(newFolder(), 'nowhere'))
    const id = archive.add(run)
    expect(told).toEqual(['1 unstored: the file or folder does not exist'])
    expect(archive.read(id)).toEqual(run)
    archive.rename(id, 'in memory')
    expect(archive.read(id).name).toBe('in memory')
    expect(archive.list()).toMatchObject([{ id, name: 'in memory', notStored: true }])
    archive.list()
    expect(told).toEqual([expect.stringContaining('1 unstored'), expect.stringContaining('unreadable')])
  })
})

describe('exports', () => {
  test('JSON is read back', () => {
    expect(parseRunJson(exportRun(run, 'json', 0))).toEqual(run)
  })

  test('the percentile text is that of HdrHistogram, in milliseconds', () => {
    const text = toHgrm(stepOf([samples, samples]))
    expect(text).toMatch(/^ +Value +Percentile +TotalCount +1\/\(1-Percentile\)\n/)
    expect(text).toMatch(/^ +0\.100 0\.000000000000 +2 +1\.00$/m)
    expect(text).toMatch(/^ +1\.000 1\.000000000000 +8$/m)
    expect(text).toMatch(/#\[Max {5}= +1\.000, Total count {4}= +8\]/)
  })

  test('the log is read by HdrHistogram’s own reader, slot by slot', () => {
    const sweep = runOf([stepOf([samples, [5_000_000]], { at: 16 }), stepOf([samples], { at: 64 })])
    const reader = new HistogramLogReader(toHistogramLog(sweep))
    const read = []
    for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram()) read.push(next)
    expect(read.map(({ totalCount, tag }) => [totalCount, tag])).toEqual([
      [4, 'at-16'],
      [1, 'at-16'],
      [4, 'at-64'],
    ])
    const latency = sweep.steps[0]?.slots[0]?.latency
    expect(read[0]?.getValueAtPercentile(100)).toBeCloseTo((latency && percentileOf(latency, 100)) ?? 0, -4)
  })

  test('CSV has one line per step, and no cell that a spreadsheet would evaluate', () => {
    const [head, line, ...rest] = toCsv([{ ...run, name: '=cmd("x"), "quoted"' }])
      .trimEnd()
      .split('\n')
    expect(rest).toEqual([])
    expect(head?.split(',').slice(0, 4)).toEqual(['run', 'started_at', 'endpoint', 'model'])
    expect(line).toMatch(/^"'=cmd\(""x""\), ""quoted""",2023-11-14T22:13:20\.000Z,"tcp:/)
    expect(toCsv([run]).split('\n')[1]?.split(',')).toHaveLength(head?.split(',').length ?? 0)
  })

  test('CSV has what the numbers of requests showed where a one-way stream has the same', () => {
    const numbered = runOf([stepOf([samples], { numbered: { reordered: 7, repeated: 3 } })])
    const [head, line] = toCsv([numbered]).trimEnd().split('\n')
    const cells = line?.split(',')
    expect(['reordered', 'repeated'].map((name) => cells?.[head?.split(',').indexOf(name) ?? -1])).toEqual(['7', '3'])
  })
})
