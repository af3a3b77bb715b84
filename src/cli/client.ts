import { createEngine } from '../engine/engine.ts'
import { formatEndpoint } from '../shared/endpoint.ts'
import type { Frame } from '../shared/message.ts'
import { requestSpec } from '../shared/session/spec.ts'
import { encodeArgument, readEndpoint } from './arguments.ts'
import { complain, exitCodes } from './failure.ts'
import { createInterruption } from './interruption.ts'
import { outputEnd, outputReady } from './output.ts'
import type { Printer } from './printer.ts'
import type { Notation } from './quote.ts'
import { readSecurity, warnOfSecurity } from './security-sources.ts'
import { socketOptionsFor } from './socket-options.ts'

export interface ClientCommand {
  readonly endpoint: string
  /** The arguments as given. */
  readonly messages: readonly string[]
  /** How the arguments are encoded. */
  readonly notation: Notation
  /** Whether the arguments are the frames of one message rather than one message each. */
  readonly frames: boolean
  readonly timeoutMs: number
  /** The command's options, as commander gives them; those of the socket and its security are among them. */
  readonly options: unknown
  readonly printer: Printer
}

const sessionId = 'client'

const surplusNote =
  'note: messages with one routing id share a socket, and REQ takes any reply for that of the last one. Add --relaxed-correlate if the peer may answer twice.'

function requestsOf({ messages, notation, frames }: ClientCommand): Frame[][] {
  const encoded = messages.map((message) => encodeArgument(message, notation))
  return frames ? [encoded] : encoded.map((frame) => [frame])
}

/**
 * Sends each request and waits for its reply; stops at the first failure. Returns the exit code.
 *
 * Each request gets a socket of its own: on a shared one, REQ would take a surplus reply (a ROUTER that answers twice) for
 * that of the next request. Where requests carry an id, or one routing id is wanted, they share a socket.
 */
export async function runClient(command: ClientCommand): Promise<number> {
  const endpoint = readEndpoint(command.endpoint, 'connect')
  const requests = requestsOf(command)
  const { security, secrets } = await readSecurity(command.options, ['client'])
  warnOfSecurity(security, [endpoint])
  const { signal } = createInterruption()
  const engine = createEngine({
    emit: () => undefined,
    // The log receives every message as it is sent or received, which is what should be printed.
    log: { append: (entry) => command.printer.message(entry) },
  })
  // Its exchange then ends with `closed`.
  signal.addEventListener('abort', () => void engine.close(sessionId))
  try {
    command.printer.connecting(formatEndpoint(endpoint))
    const options = socketOptionsFor([endpoint], command.options)
    const shared = options.relaxedCorrelate || options.routingId !== ''
    const spec = { ...requestSpec(formatEndpoint(endpoint), options), security }
    if (requests.length > 1 && shared && !options.relaxedCorrelate) complain(surplusNote)
    for (const [index, frames] of requests.entries()) {
      signal.throwIfAborted()
      if (index === 0 || !shared) await engine.open(sessionId, spec, null, secrets)
      await engine.send(sessionId, frames, command.timeoutMs)
      await outputReady(signal)
    }
    return exitCodes.success
  } catch (thrown) {
    if (!signal.aborted) throw thrown
    // Whoever closed the output has seen enough.
    return outputEnd.aborted ? exitCodes.success : exitCodes.failure
  } finally {
    await engine.dispose()
  }
}
