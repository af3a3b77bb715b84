import { hostname } from 'node:os'
import { version } from '../../package.json'
import { environmentOf } from '../engine/lab/lab.ts'
import type { LabChild } from '../engine/lab/protocol.ts'
import type { Lead } from '../engine/lab/roles/lead.ts'
import type { Member } from '../engine/lab/worker-group.ts'
import { formatEndpoint } from '../shared/endpoint.ts'
import { toErrorValue } from '../shared/errors.ts'
import type { LabSecurity } from '../shared/lab/security.ts'
import type { SecurityWithSecrets } from '../shared/zmq/security.ts'
import { readEndpoint } from './arguments.ts'
import { ProgressLine } from './bench-progress.ts'
import { escapeHidden } from './escape-hidden.ts'
import { complain, exitCodes } from './failure.ts'
import { createInterruption } from './interruption.ts'
import { OutputClosed, outputEnd, print } from './output.ts'

/** What may be given for the role of a worker: the lead says all else. */
const ofWorker: ReadonlySet<string> = new Set(['role', 'lead', 'wait', 'name'])

/** The option of the load that was given to a worker, as it is written; null where none was. */
export function givenToWorker(given: readonly string[], flagOf: (option: string) => string | null): string | null {
  for (const option of given) {
    const flag = ofWorker.has(option) ? null : flagOf(option)
    if (flag !== null) return flag
  }
  return null
}

const say = (line: string): void => void process.stderr.write(`${escapeHidden(line)}\n`)

export interface LedLoad {
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
    await lead.close()
    throw thrown
  }
}

export interface WorkerCommand {
  readonly lead: string
  readonly waitMs: number
  readonly name: string | null
  readonly credentials: SecurityWithSecrets
  readonly forkLab: () => LabChild
}

/** Measures what a lead says, until it ends the run. Returns the exit code. */
export async function runWorker({ lead, waitMs, name, credentials, forkLab }: WorkerCommand): Promise<number> {
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
    { fork: forkLab, says: (text) => print(`${escapeHidden(text)}\n`), progress: line.show.bind(line) },
  )
  print(`Waiting for the lead at ${endpoint}\n`)
  try {
    const why = await worker.run(createInterruption().signal)
    line.clear()
    if (why === null) {
      print('The run has ended.\n')
      return exitCodes.success
    }
    if (outputEnd.reason instanceof OutputClosed) return exitCodes.success
    complain(escapeHidden(why))
    return exitCodes.failure
  } catch (thrown) {
    line.clear()
    complain(escapeHidden(toErrorValue(thrown).message))
    return exitCodes.failure
  }
}
