import { adviceFor, type Diagnosis, detailsOf } from '../shared/diagnosis/diagnosis.ts'
import { InspectorError } from '../shared/errors.ts'
import type { ConnectedEndpoint, EndpointState } from '../shared/session/state.ts'
import { complain } from './failure.ts'

/** Causes that lie in the security of the two sides. ZeroMQ gives such a link up, or tries the same for ever. */
const aboutSecurity: readonly Diagnosis[] = [
  'refused',
  'mechanism-mismatch',
  'unknown-mechanism',
  'same-security-role',
  'curve-broken-off',
  'plain-broken-off',
  'keys-or-protocol',
]
/** A peer that ends while it greets looks like one of these: it says nothing of a link that was ready before. */
const uncertain: readonly Diagnosis[] = ['curve-broken-off', 'plain-broken-off', 'keys-or-protocol']

/** Notices links that the security of the two sides keeps from getting through: they would wait for ever. */
export class RefusedLinks {
  readonly #wereReady = new Set<string>()
  readonly #told = new Set<string>()

  /** Warns of each such link once. Returns why nothing can come any longer; null while something can. */
  look(endpoints: readonly EndpointState[]): InspectorError | null {
    const refused = endpoints.flatMap((each) => (each.how === 'connect' && this.#isRefused(each) ? [each] : []))
    const [first] = refused
    if (!first || !('cause' in first.link) || !first.link.cause) return null
    if (refused.length === endpoints.length) {
      return new InspectorError('peer-rejected', adviceFor(first.link.cause).cause, detailsOf(first.link.cause))
    }
    for (const each of refused) this.#warn(each)
    return null
  }

  #isRefused({ endpoint, link }: ConnectedEndpoint): boolean {
    if (link.state === 'ready') this.#wereReady.add(endpoint)
    if (link.state !== 'rejected' || !aboutSecurity.includes(link.cause.diagnosis)) return false
    return !(uncertain.includes(link.cause.diagnosis) && this.#wereReady.has(endpoint))
  }

  #warn({ endpoint, link }: ConnectedEndpoint): void {
    if (this.#told.has(endpoint) || !('cause' in link) || !link.cause) return
    this.#told.add(endpoint)
    const { cause, cure } = adviceFor(link.cause)
    complain(`warning: ${endpoint}: ${cause} ${cure}`)
  }
}
