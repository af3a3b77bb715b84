import { createEngine } from '../engine/engine.ts'
import { formatEndpoint } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import type { NewLogEntry } from '../shared/message.ts'
import { readEndpoint } from './arguments.ts'
import { complain, exitCodes } from './failure.ts'
import { createInterruption, untilAborted } from './interruption.ts'
import type { Printer } from './printer.ts'

export interface ServerCommand {
  readonly endpoint: string
  readonly printer: Printer
}

const outsideWarning =
  'warning: anyone on your network can reach this address. Use 127.0.0.1 to serve only this computer.'

/** Echoes messages until interrupted. Returns the exit code. */
export async function runServer({ endpoint: text, printer }: ServerCommand): Promise<number> {
  const endpoint = readEndpoint(text, 'bind')
  const interruption = createInterruption()
  const engine = createEngine({
    emit(event) {
      if (event.type !== 'server.changed' || event.state.phase !== 'failed' || !event.state.error) return
      interruption.abort(new InspectorError(event.state.error.code, event.state.error.message))
    },
    // The log receives every message as it is sent or received, which is what should be printed.
    log: {
      append(entry: NewLogEntry) {
        printer.message(entry)
        if (entry.event === 'server:malformed') complain(`warning: ${entry.detail}.`)
      },
    },
  })
  try {
    const state = await engine.server.start(formatEndpoint(endpoint))
    printer.listening(state.endpoint)
    if (state.reachableFromOutside) complain(outsideWarning)
    await untilAborted(interruption.signal)
    return exitCodes.success
  } catch (thrown) {
    const { suggestion } = engine.server.state
    if (suggestion === null) throw thrown
    throw new InspectorError(
      'address-in-use',
      `${formatEndpoint(endpoint)} is already in use. The next free one is ${suggestion} (--endpoint ${suggestion}).`,
    )
  } finally {
    await engine.dispose()
  }
}
