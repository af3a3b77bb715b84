import { adviceFor, type Finding } from '../../shared/diagnosis/diagnosis.ts'
import { formatClock } from '../../shared/format.ts'
import { type LinkState, linkOf, type SessionState } from '../../shared/session/state.ts'
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

/** Describes the link of a session. */
export function linkWords(session: SessionState | undefined): LinkWords {
  return session?.phase === 'open' ? describe(linkOf(session)) : idle
}
