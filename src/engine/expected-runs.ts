import type { Frame } from '../shared/message.ts'
import { EchoedRun } from './echoed-run.ts'

/** How long messages of a run may arrive after its end: a process that crashed leaves some on their way. */
const stragglersMs = 250

/** A run of the lab that a session expects. */
export interface ExpectedRun {
  /** With what the routing ids of the run's sockets must begin. */
  readonly routingIdPrefix: string
  /** Call this when the run has ended, in whatever way. */
  end(): void
}

/**
 * Has the messages of a run of the lab counted as always, but not logged one by one: one entry about all of them follows
 * when the run has ended. There is one run at a time.
 */
export class ExpectedRuns {
  #run: EchoedRun | undefined
  /** Waits for the last messages of a run that has ended. */
  #stragglers: NodeJS.Timeout | undefined

  /** `log` is given what to log about a run. */
  constructor(private readonly log: (summary: string) => void) {}

  expect(name: string): ExpectedRun {
    this.#logRun()
    const run = new EchoedRun(name)
    this.#run = run
    return {
      routingIdPrefix: run.routingIdPrefix,
      end: () => {
        if (this.#run === run) this.#stragglers ??= setTimeout(() => this.#logRun(), stragglersMs)
      },
    }
  }

  /** The run that a message is part of, by the routing id of its sender; null when it is part of none. */
  of(routingId: Frame | undefined): EchoedRun | null {
    return this.#run?.sent(routingId) ? this.#run : null
  }

  /** Logs a run that has ended without waiting for stragglers: none can come. */
  logEnded(): void {
    if (this.#stragglers) this.#logRun()
  }

  #logRun(): void {
    clearTimeout(this.#stragglers)
    this.#stragglers = undefined
    const summary = this.#run?.summary
    this.#run = undefined
    if (summary) this.log(summary)
  }
}
