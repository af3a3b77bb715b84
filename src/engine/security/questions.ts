import type { WaitingClient } from '../../shared/session/authentication.ts'
import { wallClock } from '../clock.ts'
import type { Verdict } from './authenticator.ts'
import type { ZapRequest } from './zap.ts'

/** A client that is asked about waits this long for a person; then it is told to come again. */
const usualAskMs = 20_000
/** Part of the time that a handshake may take at the server, after which libzmq ends it. */
const partOfHandshake = 0.8
/** The most clients that wait for a person at the same time. */
const mostWaiting = 100
/** The most keys that are remembered of those that a person let in, or refused. */
const mostRemembered = 10_000

interface Question {
  readonly client: WaitingClient
  readonly request: ZapRequest
  readonly answered: Promise<Verdict>
  readonly answer: (verdict: Verdict) => void
}

/** How long a client may wait for a person, in milliseconds. `handshakeInterval`: 0 for no limit. */
const askMsFor = (handshakeInterval: number): number =>
  handshakeInterval > 0 ? Math.min(usualAskMs, handshakeInterval * partOfHandshake) : usualAskMs

const whoOf = ({ key, user }: ZapRequest): string => key ?? user ?? ''

/** Libzmq has a client come again after 300, so it is asked about once more. */
const comeAgain = (why: string): Verdict => ({ status: 300, why: `${why}; it may come again.`, knownAs: null })

const byPerson = (isAdmitted: boolean): Verdict =>
  isAdmitted
    ? { status: 200, why: 'You let it in.', knownAs: null }
    : { status: 400, why: 'You refused it.', knownAs: null }

/** Clients that wait for a person to decide. What was decided holds until the socket is closed. */
export class Questions {
  #number = 0
  readonly #open = new Map<number, Question>()
  /** What a person decided, by who the client is. */
  readonly #remembered = new Map<string, boolean>()
  readonly #askMs: number

  /** `changed` is called when another client waits, or one less. */
  constructor(
    handshakeInterval: number,
    private readonly changed: () => void,
  ) {
    this.#askMs = askMsFor(handshakeInterval)
  }

  /** The oldest first. */
  get waiting(): readonly WaitingClient[] {
    return [...this.#open.values()].map(({ client }) => client)
  }

  /** Asks about a client, unless that was answered before. One that comes twice is asked about once. */
  ask(request: ZapRequest): Verdict | Promise<Verdict> {
    const who = whoOf(request)
    const before = this.#remembered.get(who)
    if (before !== undefined) return byPerson(before)
    for (const question of this.#open.values()) if (question.client.who === who) return question.answered
    if (this.#open.size >= mostWaiting) return comeAgain(`${mostWaiting} clients wait already`)
    return this.#add(request, who)
  }

  /** Answers for a person. Returns false when the client no longer waits. */
  answer(number: number, isAdmitted: boolean): boolean {
    const question = this.#open.get(number)
    if (!question) return false
    this.#remember(whoOf(question.request), isAdmitted)
    question.answer(byPerson(isAdmitted))
    return true
  }

  /** Asks again about those who were answered before. */
  forget(): void {
    this.#remembered.clear()
  }

  /** Answers those for whom there is a verdict. */
  settle(verdictFor: (request: ZapRequest) => Verdict | null): void {
    for (const { request, answer } of [...this.#open.values()]) {
      const verdict = verdictFor(request)
      if (verdict) answer(verdict)
    }
  }

  #add(request: ZapRequest, who: string): Promise<Verdict> {
    this.#number += 1
    const number = this.#number
    const since = wallClock()
    const { mechanism, address } = request
    const client = { mechanism, address, who, knownAs: null, number, since, until: since + this.#askMs }
    let answer = (_verdict: Verdict): void => undefined
    const answered = new Promise<Verdict>((resolve) => {
      answer = (verdict) => {
        clearTimeout(timer)
        if (!this.#open.delete(number)) return
        resolve(verdict)
        this.changed()
      }
    })
    const timer = setTimeout(() => answer(comeAgain('Nobody decided in time')), this.#askMs).unref()
    this.#open.set(number, { client, request, answered, answer })
    this.changed()
    return answered
  }

  #remember(who: string, isAdmitted: boolean): void {
    const [oldest] = this.#remembered.keys()
    if (this.#remembered.size >= mostRemembered && oldest !== undefined) this.#remembered.delete(oldest)
    this.#remembered.set(who, isAdmitted)
  }
}
