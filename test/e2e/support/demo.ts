import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import electron from 'electron'
import { windowEnvironment } from './display.ts'
import { builtApp, machineSwitches } from './launch.ts'

export interface Demo {
  readonly code: unknown
  /** Its output, line by line. */
  readonly lines: readonly string[]
  readonly errors: string
  /** The screenshot that it reported. */
  readonly picture: Buffer | undefined
}

/** Runs the built app with `--demo` until it ends. */
export async function runDemo(userData: string, app = builtApp): Promise<Demo> {
  const args = [...machineSwitches, '--disable-gpu', `--user-data-dir=${userData}`, app, '--demo']
  const child = spawn(String(electron), args, { stdio: ['ignore', 'pipe', 'pipe'], env: windowEnvironment() })
  const [[code], output, errors] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  const lines = output.split('\n').filter((line) => line !== '')
  const path = lines.find((line) => line.startsWith('Screenshot: '))?.slice('Screenshot: '.length)
  return { code, lines, errors, picture: path === undefined ? undefined : await readFile(path) }
}
