import type { ConnectionState, LinkState } from '../../shared/connection.ts'
import { adviceFor } from '../../shared/diagnosis/diagnosis.ts'
import { formatClock } from '../../shared/format.ts'
import type { Tone } from './status-dot.tsx'

export interface LinkWords {
  readonly tone: Tone
  /** One or two words. */
  readonly short: string
  /** The cause as a sentence; empty when there is nothing to explain. */
  readonly cause: string
  readonly cure: string
}

const noAdvice = { cause: '', cure: '' } as const

const idle: LinkWords = { tone: 'off', short: 'Idle', ...noAdvice }

function describe(link: LinkState): LinkWords {
  switch (link.state) {
    case 'idle':
      return idle
    case 'connecting':
      return { tone: 'busy', short: 'Connecting', ...(link.cause ? adviceFor(link.cause) : noAdvice) }
    case 'ready':
      return { tone: 'good', short: link.older ? 'Ready (older protocol, no handshake)' : 'Ready', ...noAdvice }
    case 'retrying':
      return { tone: 'busy', short: `Retrying since ${formatClock(link.since).slice(0, 8)}`, ...adviceFor(link.cause) }
    case 'rejected':
      return { tone: 'bad', short: 'Rejected', ...adviceFor(link.cause) }
    case 'stopped':
      return { tone: 'bad', short: 'Stopped', ...adviceFor(link.cause) }
  }
}

/** Describes a connection's link. */
export function linkWords(connection: ConnectionState | undefined): LinkWords {
  return connection?.open ? describe(connection.link) : idle
}
