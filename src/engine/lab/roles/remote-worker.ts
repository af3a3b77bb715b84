import type { LabPlan } from '../../../shared/lab/plan.ts'
import type { Environment, RunWorker } from '../../../shared/lab/result.ts'
import type { FromLead, FromWorker } from '../../../shared/lab/roles.ts'
import type { LabSecurity } from '../../../shared/lab/security.ts'
import { monotonicNanoseconds } from '../../clock.ts'
import type { Member } from '../group-end.ts'
import type { FromLab, LabChild, ToLab } from '../protocol.ts'
import { ClockComparison } from './clock-comparison.ts'

/** Questions for one comparison of clocks, and how long each may take. */
const comparisons = 16
const answerLimitMs = 1000

interface About {
  readonly name: string
  readonly environment: Environment
  readonly security: LabSecurity
}

const runOf = ({ settings, frames, share }: LabPlan): FromLead => ({
  type: 'run',
  settings,
  frames: frames.map((frame) => Buffer.from(frame).toString('base64')),
  share: share ?? null,
})

/** A worker of another program, as the lead sees it: its messages are those of a measuring process. */
export class RemoteWorker implements Member, LabChild {
  readonly child: LabChild = this
  readonly name: string
  readonly environment: Environment
  readonly security: LabSecurity
  readonly #comparison = new ClockComparison()
  #listen: (message: FromLab) => void = () => undefined
  #exit: (reason: string) => void = () => undefined
  #answered: () => void = () => undefined
  #lost: string | null = null
  /** It was told that the run has ended. */
  isEnding = false
  /** When it said something last, on the monotonic clock. */
  heardNs = monotonicNanoseconds()

  /** `say` tells it something, unless it has gone. */
  constructor(
    { name, environment, security }: About,
    private readonly say: (message: FromLead) => void,
  ) {
    this.name = name
    this.environment = environment
    this.security = security
  }

  get clock(): RunWorker['clock'] {
    return this.#comparison.clock
  }

  get isLost(): boolean {
    return this.#lost !== null
  }

  onMessage(listen: (message: FromLab) => void): void {
    this.#listen = listen
    queueMicrotask(() => listen({ type: 'ready' }))
  }

  onExit(listen: (reason: string) => void): void {
    this.#exit = listen
    const lost = this.#lost
    if (lost !== null) queueMicrotask(() => listen(lost))
  }

  /** Secrets stay here: it has its own. */
  post(message: ToLab): void {
    if (message.type === 'run') this.say(runOf(message.plan))
    else if (message.type === 'cancel') this.say({ type: 'cancel' })
    else if (message.type === 'pass') {
      this.say({ type: 'pass', gate: message.gate, atNs: this.#comparison.there(message.atNs) })
    }
  }

  kill(): void {
    this.end('The run has ended.')
  }

  /** Tells it that there is nothing more to do, and why, as a sentence. */
  end(reason: string): void {
    if (this.isLost || this.isEnding) return
    this.isEnding = true
    this.say({ type: 'end', reason })
  }

  async settle(): Promise<number> {
    this.#comparison.begin()
    for (let made = 0; made < comparisons && !this.isLost; made += 1) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, answerLimitMs)
        this.#answered = () => {
          clearTimeout(timer)
          resolve()
        }
        this.ask()
      })
    }
    return this.#comparison.roundTripNs
  }

  /** Asks for its clock, which also shows that it is there. */
  ask(): void {
    this.say({ type: 'ping', number: this.#comparison.ask(monotonicNanoseconds()) })
  }

  /** Takes what it says, but for `hello` and `gone`. */
  take(message: Exclude<FromWorker, { type: 'hello' | 'gone' }>): void {
    if (message.type !== 'pong') {
      this.#listen(message)
      return
    }
    this.#comparison.answer(message.number, message.atNs, this.heardNs)
    this.#answered()
  }

  /** It takes no more part. */
  lose(reason: string): void {
    if (this.isLost) return
    this.#lost = reason
    this.#answered()
    this.#exit(reason)
  }
}
