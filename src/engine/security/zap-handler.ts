import type { Frame } from '../../shared/message.ts'
import type { AuthenticationClient, AuthenticationOutcome } from '../../shared/session/authentication.ts'
import { lateAnswerMs, type ZapAnswer } from '../../shared/zmq/security.ts'
import type { Authenticator, Verdict } from './authenticator.ts'
import { malformedZapReply, readZapRequest, type ZapRequest, zapReply } from './zap.ts'

/** What is sent back, and what the record of it says. */
interface Answer {
  readonly frames: Frame[] | null
  readonly outcome: AuthenticationOutcome
  readonly status: number | null
  readonly why: string
}

/** Wrong on purpose: what is answered in place of the verdict. `late` and `by-rules` keep to that. */
const onPurpose: Partial<Record<ZapAnswer, (request: ZapRequest) => Answer>> = {
  '300': (request) => withStatus(request, 300),
  '400': (request) => withStatus(request, 400),
  '500': (request) => withStatus(request, 500),
  never: () => ({ frames: null, outcome: 'failed', status: null, why: 'Not answered, on purpose.' }),
  malformed: (request) => ({
    frames: malformedZapReply(request),
    outcome: 'failed',
    status: null,
    why: 'Answered against the rules of ZAP, on purpose.',
  }),
}

const withStatus = (request: ZapRequest, status: number): Answer => ({
  frames: zapReply(request, String(status), 'on purpose'),
  outcome: 'refused',
  status,
  why: `Answered with status ${status}, on purpose.`,
})

const words: Readonly<Record<Verdict['status'], string>> = { 200: 'OK', 300: 'Come again', 400: 'Refused' }

const byVerdict = (request: ZapRequest, { status, why }: Verdict): Answer => ({
  frames: zapReply(request, String(status), words[status]),
  outcome: status === 200 ? 'admitted' : 'refused',
  status,
  why,
})

const clientOf = ({ mechanism, address, key, user }: ZapRequest, knownAs: string | null): AuthenticationClient => ({
  mechanism,
  address,
  who: key ?? user,
  knownAs,
})

/**
 * Answers what libzmq asks an authenticator. Each request is answered by itself, so one that waits for a person holds up
 * no other.
 */
export class ZapHandler {
  readonly #late = new Set<NodeJS.Timeout>()
  #isClosed = false

  /** `send` takes the frames of an answer, with its envelope. */
  constructor(
    private readonly authenticator: Authenticator,
    private answers: ZapAnswer,
    private readonly send: (frames: Frame[]) => void,
  ) {}

  /** Answers in another way from now on. */
  answerWith(answers: ZapAnswer): void {
    this.answers = answers
  }

  /** Takes what arrived at the socket of the handler: a routing id, an empty delimiter and the request. */
  async received([routingId, delimiter, ...frames]: readonly Frame[]): Promise<void> {
    const request = readZapRequest(frames)
    if (!request || !routingId || !delimiter) return
    const purpose = onPurpose[this.answers]
    const verdict = purpose ? null : await this.authenticator.decide(request)
    const answer = verdict ? byVerdict(request, verdict) : purpose?.(request)
    if (!answer || this.#isClosed) return
    const finish = () => {
      if (answer.frames) this.send([routingId, delimiter, ...answer.frames])
      const { outcome, status, why } = answer
      this.authenticator.record(clientOf(request, verdict?.knownAs ?? null), outcome, status, why)
    }
    if (this.answers === 'late') this.#later(finish)
    else finish()
  }

  /** Nothing more is answered. */
  close(): void {
    this.#isClosed = true
    for (const timer of this.#late) clearTimeout(timer)
    this.#late.clear()
  }

  #later(finish: () => void): void {
    const timer = setTimeout(() => {
      this.#late.delete(timer)
      finish()
    }, lateAnswerMs).unref()
    this.#late.add(timer)
  }
}
