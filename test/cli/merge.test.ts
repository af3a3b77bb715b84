import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { toHistogramLog } from '../../src/engine/lab/exports.ts'
import { commandLine } from '../support/built.ts'
import { runOf, stepOf } from '../support/lab.ts'
import { runNode } from '../support/running-program.ts'
import { echoPeer } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const bench = (...args: string[]) => runNode(program, 'bench', ...args).ended
const folder = mkdtempSync(join(tmpdir(), 'inspector-'))

function logOf(name: string, samples: readonly number[], startedAt = 1_700_000_000_000): string {
  const path = join(folder, name)
  writeFileSync(path, toHistogramLog(runOf([stepOf([samples], { startedAt })], { startedAt })))
  return path
}

const sumSchema = z.object({
  files: z.array(z.object({ path: z.string(), samples: z.number() })),
  sums: z.array(z.object({ samples: z.number(), latencyNs: z.object({ p50: z.number(), p9999: z.null() }) })),
  notes: z.array(z.string()),
})

test('two runs of bench are written as histogram logs, and added up', async () => {
  const endpoint = await echoPeer()
  const paths = [join(folder, 'one.hlog'), join(folder, 'two.hlog')]
  for (const [index, path] of paths.entries()) {
    const count = `${100 * (index + 1)}`
    const { code } = await bench('--endpoint', endpoint, '--count', count, '--warmup', '0', '--hlog', path)
    expect(code).toBe(0)
  }
  const sum = join(folder, 'sum.hlog')
  const { code, stdout } = await bench('merge', ...paths, '--json', '--output', sum)
  expect(code).toBe(0)
  expect(sumSchema.parse(JSON.parse(stdout))).toMatchObject({
    files: [
      { path: paths[0], samples: 100 },
      { path: paths[1], samples: 200 },
    ],
    sums: [{ samples: 300 }],
    notes: expect.arrayContaining([expect.stringContaining('two.hlog begins after')]),
  })
  expect((await bench('merge', sum)).stdout).toMatch(/^ {2}samples +300$/m)
  const again = await bench('merge', sum, '--output', sum)
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('add --overwrite to replace it') })
  expect(readFileSync(sum, 'utf8')).toContain('#[StartTime: ')
})

test('the sum has the figures of all samples, as text', async () => {
  const fast = logOf('fast.hlog', [100_000, 100_000, 100_000])
  const slow = logOf('slow.hlog', [5_000_000])
  const { code, stdout } = await bench('merge', fast, slow)
  expect(code).toBe(0)
  expect(stdout).toMatch(/fast\.hlog +3 +2023-11-14T22:13:20\.000Z +100 ms$/m)
  expect(stdout).toMatch(/^ {2}samples +4\n {2}throughput +40\.0 \/s$/m)
  expect(stdout).toMatch(/^ {2}p50 +100 µs$/m)
  expect(stdout).toMatch(/^ {2}max +5\.00 ms$/m)
})

test('a file that is no histogram log is named with its line, and nothing is written', async () => {
  const path = join(folder, 'text.hlog')
  writeFileSync(path, '#a comment\nhello\n')
  const output = join(folder, 'none.hlog')
  const { code, stderr, stdout } = await bench('merge', logOf('good.hlog', [100]), path, '--output', output)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('text.hlog: line 2 is no interval of a histogram log.')
  expect(() => readFileSync(output)).toThrow('ENOENT')
  const missing = await bench('merge', join(folder, 'missing.hlog'))
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('missing.hlog: it cannot be read') })
})
