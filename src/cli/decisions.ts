import type { AuthenticationDecision } from '../shared/session/authentication.ts'
import type { SessionState } from '../shared/session/state.ts'
import { complain } from './failure.ts'
import type { Printer } from './printer.ts'

/**
 * Tells each decision of a server about its clients once. A state has the newest hundred; where more came before it was
 * looked at, their number is told.
 */
export class Decisions {
  #last = 0

  constructor(private readonly printer: Printer) {}

  /** Takes what the server has decided so far. */
  look(authentication: SessionState['authentication']): void {
    const news = authentication?.newest.filter(({ number }) => number > this.#last) ?? []
    for (const decision of news.reverse()) this.#tell(decision)
  }

  #tell(decision: AuthenticationDecision): void {
    const missed = decision.number - this.#last - 1
    if (missed > 0) complain(`warning: ${missed} more decisions came too fast to be told one by one.`)
    this.#last = decision.number
    this.printer.decision(decision)
  }
}
