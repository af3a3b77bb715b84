import { fingerprintOf } from '../zmq/keys.ts'
import type { MechanismName } from '../zmq/security.ts'

/** Who wants to come in to a server. */
export interface AuthenticationClient {
  readonly mechanism: MechanismName
  /** Its IP address, or user, group and process over ipc, as libzmq writes them; null where it was not told. */
  readonly address: string | null
  /** The user name with PLAIN, the public key in Z85 with CURVE; null without one. */
  readonly who: string | null
  /** What the person calls it; null for one that is not known here. */
  readonly knownAs: string | null
}

/** What became of a client: `failed` before anybody could decide. */
export type AuthenticationOutcome = 'admitted' | 'refused' | 'failed'

/** What was decided about a client. */
export interface AuthenticationDecision extends AuthenticationClient {
  /** Grows from one decision of the session to the next. */
  readonly number: number
  /** In milliseconds since the epoch. */
  readonly at: number
  readonly outcome: AuthenticationOutcome
  /** Of the answer, such as 200 or 400; null when there was none. */
  readonly status: number | null
  /** In a sentence. */
  readonly why: string
}

/** A client that waits for a person to decide. */
export interface WaitingClient extends AuthenticationClient {
  readonly number: number
  /** In milliseconds since the epoch. */
  readonly since: number
  /** When it is told to come again, in milliseconds since the epoch. */
  readonly until: number
}

/** What a server decided since it was opened. */
export interface AuthenticationState {
  readonly admitted: number
  /** Also those that failed. */
  readonly refused: number
  /** The newest first. */
  readonly newest: readonly AuthenticationDecision[]
  /** The oldest first. */
  readonly waiting: readonly WaitingClient[]
}

/** How many decisions a session's state has. All are in the transcript. */
export const newestDecisions = 100

/** The event of a decision in the transcript, by its outcome. */
export const authenticationEvents: Readonly<Record<AuthenticationOutcome, string>> = {
  admitted: 'authentication:admitted',
  refused: 'authentication:refused',
  failed: 'authentication:failed',
}

/** Who a client is, for people: its name, or else its user name or the fingerprint of its key. */
export function clientName({ mechanism, who, knownAs }: AuthenticationClient): string {
  if (who === null) return 'a client'
  if (mechanism === 'PLAIN') return `user “${who}”`
  return knownAs === null ? `key ${fingerprintOf(who)}` : `“${knownAs}” (key ${fingerprintOf(who)})`
}

const verbs: Readonly<Record<AuthenticationOutcome, string>> = {
  admitted: 'let in',
  refused: 'refused',
  failed: 'could not let in',
}

/** A decision as one line of plain words. */
export function describeDecision(decision: AuthenticationDecision): string {
  const { outcome, mechanism, address, status, why } = decision
  const from = address === null ? '' : ` from ${address}`
  const answer = status === null ? mechanism : `${mechanism}, status ${status}`
  return `${verbs[outcome]} ${clientName(decision)}${from} (${answer}): ${why}`
}
