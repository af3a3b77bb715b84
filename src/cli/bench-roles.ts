import { hostname } from 'node:os'
import type { Command } from 'commander'
import { version } from '../../package.json'
import type { Member } from '../engine/lab/group-end.ts'
import { environmentOf } from '../engine/lab/lab.ts'
import type { LabChild } from '../engine/lab/protocol.ts'
import type { Lead } from '../engine/lab/roles/lead.ts'
import { formatEndpoint } from '../shared/endpoint.ts'
import { toErrorValue } from '../shared/errors.ts'
import type { LabRole } from '../shared/lab/roles.ts'
import type { LabSecurity } from '../shared/lab/security.ts'
import type { SecurityWithSecrets } from '../shared/zmq/security.ts'
import { readEndpoint } from './arguments.ts'
import { ProgressLine } from './bench-progress.ts'
import { escapeHidden } from './escape-hidden.ts'
import { complain, exitCodes, UsageError } from './failure.ts'
import { createInterruption } from './interruption.ts'
import { OutputClosed, outputEnd, print } from './output.ts'

/** What may be given for the role of a worker, beside its security: the lead says all else. */
const ofWorker: ReadonlySet<string> = new Set(['role', 'lead', 'wait', 'name'])

/** The flags that were given on the command line, by the names of their options. */
const givenFlags = (command: Command): readonly (readonly [name: string, flag: string])[] =>
  command.options
    .map((option) => [option.attributeName(), option.long ?? ''] as const)
    .filter(([name]) => command.getOptionValueSource(name) === 'cli')

const isSecurity = (flag: string): boolean => /^--(curve|plain)-/.test(flag)

/** Throws `UsageError` for what a lead cannot have, or what is for a lead and a worker alone. */
export function checkRole(command: Command, role: LabRole | undefined): void {
  const given = givenFlags(command)
  const [, secured] = given.find(([, flag]) => isSecurity(flag)) ?? []
  if (role === 'lead' && secured !== undefined) {
    throw new UsageError(`Secrets do not travel: give ${secured} to each worker, not to the lead.`)
  }
  if (role === undefined && given.some(([name]) => name === 'lead' || name === 'wait')) {
    throw new UsageError('--lead and --wait need --role lead or --role worker.')
  }
}

const say = (line: string): void => void process.stderr.write(`${escapeHidden(line)}\n`)

interface LedLoad {
  readonly lead: Lead
  readonly members: readonly Member[]
  readonly security: LabSecurity
}

/** Waits for the workers of a load. Throws `InspectorError` where they do not come; nothing is left of the lead then. */
export async function gatherWorkers(
  endpoint: string,
  workers: number,
  waitMs: number,
  signal: AbortSignal,
): Promise<LedLoad> {
  const { Lead } = await import('../engine/lab/roles/lead.ts')
  const lead = new Lead(formatEndpoint(readEndpoint(endpoint, 'bind')), workers, say)
  const place = await lead.open()
  say(
    `Leading ${workers === 1 ? '1 worker' : `${workers} workers`} at ${place.endpoint}: zmq-inspector bench --role worker --lead ${place.endpoint}`,
  )
  if (place.reachableFromOutside) say('Other machines can reach it, and whoever does can take part.')
  try {
    const members = await lead.gather(waitMs, signal)
    return { lead, members, security: lead.security }
  } catch (thrown) {
    await lead.close('The run did not begin: not all workers came.')
    throw thrown
  }
}

interface WorkerCommand {
  readonly lead: string
  readonly waitMs: number
  readonly name: string | null
  readonly credentials: SecurityWithSecrets
  readonly forkLab: () => LabChild
}

/** Measures what a lead says, until it ends the run. Returns the exit code. */
async function runWorker({ lead, waitMs, name, credentials, forkLab }: WorkerCommand): Promise<number> {
  const [{ LabWorker }, { libraryVersions }] = await Promise.all([
    import('../engine/lab/roles/worker.ts'),
    import('../engine/versions.ts'),
  ])
  const endpoint = formatEndpoint(readEndpoint(lead, 'connect'))
  const line = new ProgressLine(
    process.stderr.isTTY,
    () => process.stderr.columns,
    (text) => void process.stderr.write(text),
  )
  const worker = new LabWorker(
    {
      endpoint,
      name: (name ?? `${hostname()}:${process.pid}`).slice(0, 100),
      environment: environmentOf({ 'zmq-inspector': version, ...libraryVersions(), node: process.versions.node }),
      credentials,
      waitMs,
    },
    {
      fork: forkLab,
      says(text) {
        line.clear()
        print(`${escapeHidden(text)}\n`)
      },
      progress: line.show.bind(line),
    },
  )
  print(`Waiting for the lead at ${endpoint}\n`)
  try {
    const why = await worker.run(createInterruption().signal)
    line.clear()
    if (why === null) return exitCodes.success
    if (outputEnd.reason instanceof OutputClosed) return exitCodes.success
    complain(escapeHidden(why))
    return exitCodes.failure
  } catch (thrown) {
    line.clear()
    complain(escapeHidden(toErrorValue(thrown).message))
    return exitCodes.failure
  }
}

/** Runs the command of a worker. Throws `UsageError` for what the lead says. */
export async function asWorker(
  written: readonly string[],
  command: Command,
  worker: Omit<WorkerCommand, 'credentials'>,
): Promise<number> {
  const [, flag = null] = givenFlags(command).find(([name, flag]) => !ofWorker.has(name) && !isSecurity(flag)) ?? []
  const wrong = written.length > 0 ? 'the message' : flag
  if (wrong !== null) throw new UsageError(`The lead says what to measure: leave ${wrong} out with --role worker.`)
  const { readSecurity } = await import('./security-sources.ts')
  return runWorker({ ...worker, credentials: await readSecurity(command.opts(), ['client']) })
}
