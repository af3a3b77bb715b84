import { adviceFor, detailsOf, type Finding, finding } from '../../shared/diagnosis/diagnosis.ts'
import type { Endpoint } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { LinkState } from '../../shared/session/state.ts'
import { toFailure } from '../failures.ts'

/** A finding as an error, whose message is the cause. */
export const failureOf = (code: 'unreachable' | 'peer-rejected' | 'request-lost', found: Finding): InspectorError =>
  new InspectorError(code, adviceFor(found).cause, detailsOf(found))

/** Why no socket could be opened. libzmq looks names of WebSocket hosts up at once, and says only that it failed. */
export function connectFailure(endpoint: Endpoint, thrown: unknown): InspectorError {
  const failure = toFailure(thrown)
  if (endpoint.scheme !== 'ws' || failure.details?.code !== 'EINVAL') return failure
  return failureOf('unreachable', finding('name-not-resolved', { name: endpoint.host }))
}

/** Why nothing can be sent over a link in this state. `holdUp` tells what a link that still connects waits for. */
export function notReadyFailure(state: LinkState, holdUp: () => Finding): InspectorError {
  switch (state.state) {
    case 'idle':
      return new InspectorError('closed', 'The connection was closed.')
    case 'rejected':
      return failureOf('peer-rejected', state.cause)
    case 'retrying':
    case 'stopped':
      return failureOf('unreachable', state.cause)
    case 'connecting':
    case 'ready':
      return failureOf('unreachable', holdUp())
  }
}
