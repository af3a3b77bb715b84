import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { InspectorError } from '../../shared/errors.ts'
import type { ProbeReport } from '../../shared/probe/report.ts'
import type { PatternId } from '../../shared/zmq/patterns.ts'
import { call } from '../api.ts'

/** Ports that are probed between two looks at whether the person has cancelled. */
const portsAtOnce = 64

/** How far a probe is. */
export interface ProbeProgress {
  readonly done: number
  /** Endpoints and ports. */
  readonly total: number
}

interface Probe {
  /** Whether the screen is there. */
  readonly isOpen: boolean
  /** Endpoints and ranges of ports, as they are typed. */
  readonly text: string
  /** The pattern of the socket that asks; null for none. */
  readonly pattern: PatternId | null
  /** Null while nothing is probed. */
  readonly progress: ProbeProgress | null
  /** In the order in which they came. */
  readonly reports: readonly ProbeReport[]
  /** Ports of ranges that were probed, and what was found there. */
  readonly ports: number
  readonly ofPorts: readonly ProbeReport[]
  /** Why it could not be done; null when it could. */
  readonly error: string | null
  /** Whether it came to its end. */
  readonly isDone: boolean
}

const nothing: Probe = {
  isOpen: false,
  text: '',
  pattern: null,
  progress: null,
  reports: [],
  ports: 0,
  ofPorts: [],
  error: null,
  isDone: false,
}

export const probeStore = createStore<Probe>()(() => nothing)

export const useProbe = <Part>(select: (probe: Probe) => Part): Part => useStore(probeStore, select)

/** Grows with each probe: what an earlier one still finds does not count. */
let generation = 0

/** What is asked of the host, one after the other: an endpoint, or some ports. */
interface Task {
  readonly endpoint: string
  /** 0 for an endpoint. */
  readonly ports: number
}

const separators = /[\s,]+/

/** Throws `InspectorError` for a range that cannot be probed. */
async function tasksOf(text: string): Promise<readonly Task[]> {
  const { parsePortRange, partsOf } = await import('../../shared/probe/target.ts')
  return text
    .split(separators)
    .filter((each) => each !== '')
    .flatMap((endpoint): Task[] => {
      const range = parsePortRange(endpoint)
      if (!range) return [{ endpoint, ports: 0 }]
      const last = range.to - range.from + 1
      return partsOf(range, portsAtOnce).map((part, index) => ({
        endpoint: part,
        ports: Math.min(portsAtOnce, last - index * portsAtOnce),
      }))
    })
}

/** Probes what is typed. What was found before goes. */
export async function startProbe(): Promise<void> {
  await cancelProbe()
  generation += 1
  const own = generation
  const { text, pattern } = probeStore.getState()
  // What was found before stays until there is something new, so that nothing jumps.
  let isFirst = true
  probeStore.setState({ error: null, isDone: false })
  try {
    const tasks = await tasksOf(text)
    if (tasks.length === 0)
      throw new InspectorError('invalid-endpoint', 'Write an endpoint, such as tcp://127.0.0.1:5555.')
    const total = tasks.reduce((sum, { ports }) => sum + Math.max(1, ports), 0)
    probeStore.setState({ progress: { done: 0, total } })
    for (const task of tasks) {
      const found = await ask(task, pattern)
      if (own !== generation) return
      if (isFirst) probeStore.setState({ reports: [], ports: 0, ofPorts: [] })
      isFirst = false
      probeStore.setState(({ reports, ports, ofPorts, progress }) => ({
        reports: [...reports, ...found],
        ports: ports + task.ports,
        ofPorts: task.ports === 0 ? ofPorts : [...ofPorts, ...found],
        progress: { done: (progress?.done ?? 0) + Math.max(1, task.ports), total },
      }))
    }
    probeStore.setState({ progress: null, isDone: true })
  } catch (thrown) {
    if (own !== generation) return
    if (!(thrown instanceof InspectorError)) throw thrown
    probeStore.setState({
      progress: null,
      error: thrown.message,
      ...(isFirst ? { reports: [], ports: 0, ofPorts: [] } : {}),
    })
  }
}

const ask = async ({ endpoint, ports }: Task, pattern: PatternId | null): Promise<readonly ProbeReport[]> =>
  ports === 0 ? [await call('probe.run', { endpoint, pattern })] : (await call('probe.range', { endpoint })).found

/** Ends a probe that is under way; what it found stays. */
export async function cancelProbe(): Promise<void> {
  if (!probeStore.getState().progress) return
  generation += 1
  probeStore.setState({ progress: null })
  await call('probe.cancel')
}

/** Shows what is behind an endpoint, for a socket of the pattern. */
export async function probeEndpoint(endpoint: string, pattern: PatternId | null): Promise<void> {
  probeStore.setState({ isOpen: true, text: endpoint, pattern })
  await startProbe()
}

/** Shows the screen with a range of ports to be probed, which the person starts. */
export async function offerPortRange(): Promise<void> {
  await cancelProbe()
  probeStore.setState({ ...nothing, isOpen: true, text: 'tcp://127.0.0.1:5000-6000' })
}

export async function closeProbe(): Promise<void> {
  await cancelProbe()
  probeStore.setState(nothing)
}
