import { spawnSync } from 'node:child_process'

/**
 * Where client and server run. Left to the system, all their threads sometimes share a core and sometimes wake each
 * other across cores, which is three times as slow in a virtual machine: what chance decides would drown what is measured.
 * - `apart`: client and server each have a core of their own, as busy programs of one machine have.
 * - `together`: both share a core, so that nothing but the work itself counts. Steady to some hundredths.
 */
export type Placement = 'apart' | 'together'

/** A command as it is to be started. */
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

/** The cores of server and client; undefined where programs cannot be held to one. */
const cores = readCores()

/** The placements that this machine allows: without any, it is left to the system. */
export const placements: readonly (Placement | undefined)[] = cores ? ['apart', 'together'] : [undefined]

export const placementNote = cores
  ? 'Apart: client and server each on a core of its own. Together: both on one.'
  : 'This system decides where client and server run, so the ratios vary: Linux with taskset and two cores holds them.'

/** Holds a program to the core of its part. */
export function place(
  part: 'server' | 'client',
  placement: Placement | undefined,
  { command, args }: Command,
): Command {
  if (!cores || !placement) return { command, args }
  const core = part === 'server' && placement === 'apart' ? cores[0] : cores[1]
  return { command: 'taskset', args: ['-c', String(core), command, ...args] }
}
