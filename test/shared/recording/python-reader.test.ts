import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { anyRecord, fullRecord, recordingOf } from '../../support/recordings.ts'

const hasPython = spawnSync('python3', ['--version']).status === 0

/** The program that the description of the format has. */
function describedReader(): string {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/recording-format.md'), 'utf8')
  return /```python\n([^`]*)```/.exec(text)?.[1] ?? ''
}

test.skipIf(!hasPython)('the reader in the description reads a recording exactly, and all before a cut', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'recording')
  const program = describedReader()
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(20)
  const readWith = (content: string): string => {
    writeFileSync(file, content)
    const { stdout, stderr } = spawnSync('python3', ['-c', program, file], { encoding: 'utf8' })
    expect(stderr).toBe('')
    return stdout
  }
  const records = [fullRecord, ...fc.sample(anyRecord, { numRuns: 300, seed: 19 })]
  const lines = records.map(({ id, direction, frames }) =>
    [id, direction, ...frames.map((frame) => Buffer.from(frame).toString('hex'))].join(' '),
  )
  const text = recordingOf(...records)
  expect(readWith(text)).toBe(lines.map((line) => `${line}\n`).join(''))
  const [beforeLast = ''] = text.split('{"end"').slice(-2)
  expect(readWith(beforeLast.slice(0, -2))).toBe(
    lines
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join(''),
  )
})
