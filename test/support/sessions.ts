import type { Engine } from '../../src/engine/engine.ts'
import type { Exchange, Frame } from '../../src/shared/message.ts'
import { echoServerId, echoServerSpec } from '../../src/shared/session/spec.ts'
import { type BoundEndpoint, boundEndpointOf, type SessionState, type Traffic } from '../../src/shared/session/state.ts'

/** What tests look at of the echo server. */
type Served = Pick<SessionState, 'phase' | 'error' | 'openedAt'> & Omit<BoundEndpoint, 'error' | 'how'> & Traffic

/** Of an echo server that was never opened, too. */
export function served(engine: Engine): Served {
  const state = engine.find(echoServerId)?.state
  const bound = boundEndpointOf(state)
  if (!state || !bound) throw new Error('The echo server was never opened.')
  const { phase, error, openedAt, traffic } = state
  return { ...bound, ...traffic, phase, error, openedAt }
}

/** Opens the echo server. Resolves with its state, when it is bound. */
export async function serve(engine: Engine, endpoint: string, maximumMessageBytes?: number): Promise<Served> {
  await engine.open(echoServerId, echoServerSpec(endpoint, maximumMessageBytes))
  return served(engine)
}

/** Sends a request and waits for its reply. */
export async function ask(engine: Engine, id: string, frames: readonly Frame[], timeoutMs: number): Promise<Exchange> {
  const reply = await engine.send(id, frames, timeoutMs)
  if (!reply) throw new Error('This kind of socket gets no replies.')
  return reply
}
