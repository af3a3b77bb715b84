import { formatCount, formatDuration, formatElapsed, formatRate } from '../shared/format.ts'
import type { LabProgress } from '../shared/lab/progress.ts'

const plainEveryMs = 1000

function lineOf(progress: LabProgress, timed: string): string {
  const { phase, step, steps, fraction, remainingMs, timedOut, failed, ...rest } = progress
  const parts = [
    `${phase.replace('-', ' ')}${steps > 1 ? ` ${step + 1}/${steps}` : ''}`,
    `${Math.floor(fraction * 100)} %`,
    ...(rest.p50Ns === null
      ? []
      : [
          formatRate(rest.throughputPerSecond),
          `${timed}p50 ${formatDuration(rest.p50Ns)}`,
          `p99 ${formatDuration(rest.p99Ns ?? 0)}`,
          `max ${formatDuration(rest.maxNs ?? 0)}`,
        ]),
    ...(timedOut > 0 ? [`${formatCount(timedOut)} timeouts`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} errors`] : []),
    ...(remainingMs === null ? [] : [`${formatElapsed(remainingMs)} left`]),
  ]
  return parts.join('  ')
}

/** Progress on standard error: one line that is updated on a terminal, otherwise a plain line per second. */
export class ProgressLine {
  #lastPlain = Number.NEGATIVE_INFINITY
  #phase = ''

  constructor(
    private readonly terminal: boolean,
    private readonly columns: () => number,
    private readonly write: (text: string) => void,
    private readonly now: () => number = () => performance.now(),
    /** What the durations are of, where they are no latencies. */
    private readonly timed = '',
  ) {}

  show(progress: LabProgress): void {
    const line = lineOf(progress, this.timed)
    if (this.terminal) {
      // A wrapped line could not be updated.
      this.write(`\r\u001b[K${line.slice(0, Math.max(20, this.columns() - 1))}`)
      return
    }
    const phase = `${progress.step} ${progress.phase}`
    if (phase === this.#phase && this.now() - this.#lastPlain < plainEveryMs) return
    this.#phase = phase
    this.#lastPlain = this.now()
    this.write(`${line}\n`)
  }

  /** Clears the terminal line for other output. */
  clear(): void {
    if (this.terminal) this.write('\r\u001b[K')
  }
}
