import { spawnSync } from 'node:child_process'

/**
 * Where client and server run. Left to the system, their threads sometimes share a core and sometimes wake each other
 * across cores, which is three times as slow in a virtual machine: chance would drown the measurement.
 *
 * - `apart`: client and server each have their own core, like busy programs on one machine.
 *
 * - `together`: both share a core, so that only the work itself counts. Steady to a few percent.
 */
export type Placement = 'apart' | 'together'

/** A command to start. */
export interface Command {
  readonly command: string
  readonly args: readonly string[]
}

function readCores(): readonly [number, number] | undefined {
  if (process.platform !== 'linux') return undefined
  const { status, stdout } = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' })
  if (status !== 0) return undefined
  const list = stdout.split(': ').at(-1)?.trim() ?? ''
  const cores = list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
  const [server, client] = cores
  return server === undefined || client === undefined ? undefined : [server, client]
}

/** The cores of server and client; undefined where programs cannot be pinned. */
const cores = readCores()

/** The placements that this machine allows; if none, the system decides. */
export const placements: readonly (Placement | undefined)[] = cores ? ['apart', 'together'] : [undefined]

export const placementNote = cores
  ? 'Apart: client and server each on a core of its own. Together: both on one.'
  : 'This system decides where client and server run, so the ratios vary: Linux with taskset and two cores holds them.'

/** Pins a program to the core of its role. */
export function place(
  part: 'server' | 'client',
  placement: Placement | undefined,
  { command, args }: Command,
): Command {
  if (!cores || !placement) return { command, args }
  const core = part === 'server' && placement === 'apart' ? cores[0] : cores[1]
  return { command: 'taskset', args: ['-c', String(core), command, ...args] }
}
