import { toErrorValue } from '../../shared/errors.ts'
import { type LabPlan, labBounds } from '../../shared/lab/plan.ts'
import { echoServerId, echoServerSpec, endpointOf } from '../../shared/session/spec.ts'
import { boundEndpointOf } from '../../shared/session/state.ts'
import { type SecurityWithSecrets, withoutSecrets } from '../../shared/zmq/security.ts'
import { EchoListeners } from '../echo-listeners.ts'
import { credentialsOf } from '../security/credentials.ts'
import { Session } from '../session.ts'
import { prepareContext } from '../sockets/context.ts'
import type { Transcript } from '../transcript/folding-log.ts'
import { libraryVersions } from '../versions.ts'
import { Gates } from './gates.ts'
import { Metronome } from './metronome.ts'
import { mostOpenLoopSockets } from './open-loop.ts'
import type { FromLab, LabPort } from './protocol.ts'
import { PlanRun } from './run-plan.ts'
import { senderThreads } from './start-sender.ts'

const inprocEndpoint = 'inproc://calibration'
const aliveEveryMs = 1000
const anyLoopbackPort = 'tcp://127.0.0.1:*'
/** Each socket has a monitor socket, and a closing socket counts until it has gone. */
const mostSockets = Math.max(mostOpenLoopSockets, labBounds.concurrency.maximum) * 8

/** An echo without display or log: only its own cost is measured. */
async function openQuietEcho(endpoint: string): Promise<Session> {
  const log: Transcript = { append: () => undefined, keep: () => 0, reserve: () => 0, ready: () => undefined }
  const host = { emit: () => undefined, log, recentOf: () => [] }
  const spec = echoServerSpec(endpoint)
  const session = new Session(host, echoServerId, spec, new EchoListeners(), async () => null)
  await session.open(spec)
  return session
}

function versions(): Record<string, string> {
  const { electron, node } = process.versions
  return { ...libraryVersions(), node, ...(electron === undefined ? {} : { electron }) }
}

/** The built threads of the measuring process. */
export interface LabModules {
  readonly metronome: URL
  readonly sender: URL
}

/** The measuring process: does one job and reports its progress. */
export function serveLab(port: LabPort, modules: LabModules): void {
  prepareContext(mostSockets)
  // Read now: a run may leave no file descriptors for it.
  const versionsInUse = versions()
  let metronome: Metronome | undefined
  let run: PlanRun | undefined
  let hasSpoken = false
  const post = (message: FromLab) => {
    hasSpoken = true
    port.post(message)
  }
  // While it measures, its progress does.
  setInterval(() => {
    if (!hasSpoken) port.post({ type: 'alive' })
    hasSpoken = false
  }, aliveEveryMs).unref()
  const gates = new Gates((gate) => post({ type: 'gate', gate }))
  const getMetronome = () => {
    metronome ??= new Metronome(modules.metronome)
    return metronome
  }

  const make = async (plan: LabPlan, { security, secrets }: SecurityWithSecrets) => {
    const startSender = senderThreads(modules.sender, modules.metronome)
    run = new PlanRun(plan, credentialsOf(security, secrets), getMetronome, startSender, gates, {
      progress: (progress) => post({ type: 'progress', progress }),
      step: (result, index) => post({ type: 'step', index, result }),
    })
    const end = await run.run()
    await metronome?.dispose()
    post({ type: 'done', ...end, versions: versionsInUse })
  }

  const makeInproc = async (plan: LabPlan) => {
    const echo = await openQuietEcho(inprocEndpoint)
    try {
      await make({ ...plan, settings: { ...plan.settings, endpoint: inprocEndpoint } }, withoutSecrets)
    } finally {
      await echo.close()
    }
  }

  const echo = async () => {
    const { state } = await openQuietEcho(anyLoopbackPort)
    post({ type: 'echoing', endpoint: boundEndpointOf(state)?.endpoint ?? endpointOf(state.spec) })
  }

  const reportFailure = (work: Promise<void>) => {
    work.catch((thrown: unknown) => post({ type: 'broken', error: toErrorValue(thrown) }))
  }

  port.onMessage((message) => {
    if (message.type === 'cancel') run?.cancel()
    else if (message.type === 'pass') gates.open(message.gate, message.atNs)
    else if (message.type === 'echo') reportFailure(echo())
    else reportFailure(message.type === 'run' ? make(message.plan, message.credentials) : makeInproc(message.plan))
  })
  post({ type: 'ready' })
}
