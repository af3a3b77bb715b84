import {
  type AuthenticationClient,
  type AuthenticationDecision,
  type AuthenticationOutcome,
  type AuthenticationState,
  newestDecisions,
} from '../../shared/session/authentication.ts'
import { wallClock } from '../clock.ts'
import type { AccessRules, Ruling } from './access-rules.ts'
import { Questions } from './questions.ts'
import type { ZapRequest } from './zap.ts'

/** What a client is answered. */
export interface Verdict {
  readonly status: 200 | 300 | 400
  readonly why: string
  readonly knownAs: string | null
}

const verdictOf = ({ outcome, why, knownAs }: Ruling): Verdict => ({
  status: outcome === 'admit' ? 200 : 400,
  why,
  knownAs,
})

/** Who may come in to a server: by its rules, and where they say so, by a person. Remembers what was decided. */
export class Authenticator {
  #admitted = 0
  #refused = 0
  #number = 0
  #newest: readonly AuthenticationDecision[] = []
  readonly #questions: Questions

  /**
   * `decided` is given each decision; `changed` is called when another client waits, or one less. `handshakeInterval`: the
   * limit of the server in milliseconds, 0 for none.
   */
  constructor(
    private rules: AccessRules,
    handshakeInterval: number,
    private readonly decided: (decision: AuthenticationDecision) => void,
    changed: () => void,
  ) {
    this.#questions = new Questions(handshakeInterval, changed)
  }

  get state(): AuthenticationState {
    return {
      admitted: this.#admitted,
      refused: this.#refused,
      newest: this.#newest,
      waiting: this.#questions.waiting,
    }
  }

  /** Other rules hold from now on, also for those who wait. */
  replaceRules(rules: AccessRules): void {
    this.rules = rules
    this.#questions.settle((request) => {
      const ruling = rules.rule(request)
      return ruling.outcome === 'ask' ? null : verdictOf(ruling)
    })
  }

  /** Asks again about those whom a person has decided about. */
  forgetAnswers(): void {
    this.#questions.forget()
  }

  /** Decides about a client; at once, unless a person is asked. */
  async decide(request: ZapRequest): Promise<Verdict> {
    const ruling = this.rules.rule(request)
    if (ruling.outcome !== 'ask') return verdictOf(ruling)
    const verdict = await this.#questions.ask(request)
    // One answer is for all with the same key; the rules may refuse one of them by now, for its address say.
    const now = this.rules.rule(request)
    return now.outcome === 'ask' ? verdict : verdictOf(now)
  }

  /** Answers for a person, by the number of the client that waits. Returns false when it no longer does. */
  answer(number: number, isAdmitted: boolean): boolean {
    return this.#questions.answer(number, isAdmitted)
  }

  /** Takes what became of a client. `status`: of the answer; null when there was none. */
  record(client: AuthenticationClient, outcome: AuthenticationOutcome, status: number | null, why: string): void {
    this.#number += 1
    if (outcome === 'admitted') this.#admitted += 1
    else this.#refused += 1
    const decision = { ...client, number: this.#number, at: wallClock(), outcome, status, why }
    this.#newest = [decision, ...this.#newest.slice(0, newestDecisions - 1)]
    this.decided(decision)
  }

  /** The server closes: nobody waits any longer. */
  close(): void {
    this.#questions.settle(() => ({ status: 300, why: 'The server was closed.', knownAs: null }))
  }
}
