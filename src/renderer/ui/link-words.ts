import { adviceFor, type Finding } from '../../shared/diagnosis/diagnosis.ts'
import { formatClock, formatCount } from '../../shared/format.ts'
import { type EndpointState, type LinkState, linkOf, type SessionState } from '../../shared/session/state.ts'
import type { Tone } from './status-dot.tsx'

export interface LinkWords {
  readonly tone: Tone
  /** One or two words. */
  readonly short: string
  /** The cause as a sentence; empty when there is nothing to explain. */
  readonly cause: string
  readonly cure: string
  /** What is worth knowing though nothing is wrong; empty when there is nothing. */
  readonly note: string
}

const noAdvice = { cause: '', cure: '', note: '' } as const

const olderReady: LinkWords = {
  tone: 'good',
  short: 'Ready (older protocol)',
  ...noAdvice,
  note: 'No handshake: the peer speaks ZMTP 1.0 or 2.0, so ZeroMQ cannot tell which type of socket it is.',
}

const idle: LinkWords = { tone: 'off', short: 'Idle', ...noAdvice }

const trouble = (cause: Finding) => ({ ...adviceFor(cause), note: '' })

function describe(link: LinkState): LinkWords {
  switch (link.state) {
    case 'idle':
      return idle
    case 'connecting':
      return { tone: 'busy', short: 'Connecting', ...(link.cause ? trouble(link.cause) : noAdvice) }
    case 'ready':
      return link.older ? olderReady : { tone: 'good', short: 'Ready', ...noAdvice }
    case 'retrying':
      return { tone: 'busy', short: `Retrying since ${formatClock(link.since).slice(0, 8)}`, ...trouble(link.cause) }
    case 'rejected':
      return { tone: 'bad', short: 'Rejected', ...trouble(link.cause) }
    case 'stopped':
      return { tone: 'bad', short: 'Stopped', ...trouble(link.cause) }
  }
}

/** Describes the link of a session that connects to one endpoint. */
export function linkWords(session: SessionState | undefined): LinkWords {
  return session?.phase === 'open' ? describe(linkOf(session)) : idle
}

const peersInWords = (peers: number): string => (peers === 1 ? '1 peer' : `${formatCount(peers)} peers`)

/** Describes an endpoint of a session. */
export function endpointWords(endpoint: EndpointState): LinkWords {
  if (endpoint.how === 'connect') return describe(endpoint.link)
  const { isBound, error, trouble, peers } = endpoint
  if (error) return { tone: 'bad', short: 'Failed', ...noAdvice, cause: error.message }
  if (!isBound) return idle
  if (trouble) return { tone: 'bad', short: 'Bound', ...adviceFor(trouble), note: '' }
  return { tone: 'good', short: peers === 0 ? 'Bound' : peersInWords(peers), ...noAdvice }
}

const byTrouble: readonly Tone[] = ['bad', 'busy', 'good', 'off']

/** Describes a session in the list, whatever its endpoints: by the one that is worst off. */
export function sessionWords(session: SessionState | undefined): LinkWords {
  switch (session?.phase) {
    case 'open': {
      const all = session.endpoints.map(endpointWords)
      const [worst = idle] = all.sort((one, other) => byTrouble.indexOf(one.tone) - byTrouble.indexOf(other.tone))
      return worst.tone === 'good' ? { ...worst, short: 'Open' } : worst
    }
    case 'opening':
    case 'closing':
      return { ...idle, tone: 'busy', short: session.phase === 'opening' ? 'Opening' : 'Closing' }
    case 'failed':
      return { ...idle, tone: 'bad', short: 'Failed', cause: session.error?.message ?? '' }
    default:
      return idle
  }
}
