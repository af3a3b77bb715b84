import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { languages } from '../../src/shared/program/index.ts'
import type { LanguageId } from '../../src/shared/program/language-ids.ts'
import { RunningProgram } from './running-program.ts'

/** How programs of a language are run here. */
interface Runner {
  /** Whether this machine has what programs need. */
  readonly isAtHand: boolean
  /** The command that runs a program, which is built first where that is needed. */
  command(path: string): readonly [string, readonly string[]]
}

const works = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0

/** Builds a program; throws what the compiler says. */
function built(path: string, compiler: string, ...args: readonly string[]): readonly [string, readonly string[]] {
  const program = `${path}.out`
  const { status, stderr } = spawnSync(compiler, [...args, path, '-o', program, '-lzmq'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return [program, []]
}

const python = '/usr/bin/python3'
const header = (compiler: string, name: string): boolean =>
  spawnSync(compiler, ['-xc++', '-fsyntax-only', '-'], { input: `#include <${name}>` }).status === 0

export const runners: Partial<Readonly<Record<LanguageId, Runner>>> = {
  python: { isAtHand: works(python, '-c', 'import zmq'), command: (path) => [python, ['-u', path]] },
  javascript: { isAtHand: true, command: (path) => [process.execPath, [path]] },
  c: {
    isAtHand: header('g++', 'zmq.h'),
    command: (path) => built(path, 'gcc', '-std=c99', '-Wall', '-Wextra', '-Werror', '-trigraphs'),
  },
  cpp: {
    isAtHand: header('g++', 'zmq_addon.hpp'),
    command: (path) => built(path, 'g++', '-std=c++17', '-Wall', '-Wextra', '-Werror'),
  },
}

/** Starts a program in a folder of its own, from which it finds the packages of this project. */
export function runProgram(id: LanguageId, text: string, environment: NodeJS.ProcessEnv = {}): RunningProgram {
  const runner = runners[id]
  if (!runner) throw new Error(`no way to run ${id}`)
  const folder = mkdtempSync(join(tmpdir(), 'program-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction')
  const path = join(folder, `program.${languages[id].extension}`)
  writeFileSync(path, text)
  const [command, args] = runner.command(path)
  return new RunningProgram(command, args, environment)
}
