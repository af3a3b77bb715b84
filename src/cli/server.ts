import { createEngine } from '../engine/engine.ts'
import { adviceFor, type Diagnosis, type Finding } from '../shared/diagnosis/diagnosis.ts'
import { formatEndpoint } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import { echoServerId, echoServerSpec } from '../shared/session/spec.ts'
import { boundEndpointOf } from '../shared/session/state.ts'
import type { NewRecord } from '../shared/transcript/record.ts'
import { readEndpoint } from './arguments.ts'
import { Decisions } from './decisions.ts'
import { complain, exitCodes } from './failure.ts'
import { createInterruption, untilAborted } from './interruption.ts'
import { outputEnd, outputReady } from './output.ts'
import type { Printer } from './printer.ts'
import { readSecurity, tellFreshKey, warnOfSecurity } from './security-sources.ts'

export interface ServerCommand {
  readonly endpoint: string
  /** The command's options, as commander gives them; those of its security are among them. */
  readonly options: unknown
  readonly printer: Printer
}

const outsideWarning =
  'warning: anyone on your network can reach this address. Use 127.0.0.1 to serve only this computer.'

/** Events that say something of the peers that they themselves may not know. */
const warned: readonly (string | null)[] = ['message:malformed', 'reply:dropped']

/** Echoes messages until interrupted. Returns the exit code. */
export async function runServer({ endpoint: text, options, printer }: ServerCommand): Promise<number> {
  const endpoint = readEndpoint(text, 'bind')
  const { security, secrets } = await readSecurity(options, ['server'])
  const decisions = new Decisions(printer)
  const interruption = createInterruption()
  let trouble: Diagnosis | undefined
  /** Warns of what is new. */
  const onTrouble = (found: Finding | null) => {
    if (found && found.diagnosis !== trouble) complain(`warning: ${adviceFor(found).cause} ${adviceFor(found).cure}`)
    trouble = found?.diagnosis
  }
  const { signal } = interruption
  const engine = createEngine({
    emit(event) {
      if (event.type !== 'session.changed') return
      const { state } = event
      decisions.look(state.authentication)
      onTrouble(boundEndpointOf(state)?.trouble ?? null)
      if (state.error) interruption.abort(new InspectorError(state.error.code, state.error.message))
    },
    // The log receives every message as it is sent or received, which is what should be printed.
    log: {
      append(entry: NewRecord) {
        // Before the messages that follow from it.
        if (entry.kind !== 'message') decisions.look(engine.find(echoServerId)?.state.authentication ?? null)
        printer.message(entry)
        if (warned.includes(entry.event)) complain(`warning: ${entry.detail}.`)
      },
      ready: () => outputReady(signal),
    },
  })
  try {
    warnOfSecurity(security, [endpoint])
    const spec = { ...echoServerSpec(formatEndpoint(endpoint)), security }
    const state = await engine.open(echoServerId, spec, null, secrets)
    tellFreshKey(state)
    const bound = boundEndpointOf(state)
    printer.listening(bound?.endpoint ?? formatEndpoint(endpoint))
    if (bound?.reachableFromOutside) complain(outsideWarning)
    await untilAborted(signal)
    if (signal.reason instanceof InspectorError && !outputEnd.aborted) throw signal.reason
    return exitCodes.success
  } catch (thrown) {
    const suggestion = boundEndpointOf(engine.find(echoServerId)?.state)?.suggestion
    if (!suggestion) throw thrown
    throw new InspectorError(
      'address-in-use',
      `${formatEndpoint(endpoint)} is already in use. The next free one is ${suggestion} (--endpoint ${suggestion}).`,
    )
  } finally {
    await engine.dispose()
  }
}
