import { InspectorError } from '../../shared/errors.ts'
import type { LabSettings, LabStep } from '../../shared/lab/plan.ts'
import type { LabProgress } from '../../shared/lab/progress.ts'
import type { StepResult } from '../../shared/lab/result.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { DurationHistogram } from './histogram.ts'
import { InstrumentWatch } from './instrument.ts'
import { LoadSocket } from './load-socket.ts'
import { StepRecorder } from './step-recorder.ts'

/** How a step stands. `fraction` is of this step alone, 0 to 1. */
export interface LoopStatus {
  readonly phase: LabProgress['phase']
  readonly fraction: number
  /** Milliseconds; null while nobody can know. */
  readonly remainingMs: number | null
  readonly recorder: StepRecorder | null
}

/** After a connection that failed, before the next attempt. */
const reconnectPauseMs = 100
/** A run of a number of requests has no other end when its server has gone. */
const longestReconnectNs = 10e9

/** One step of a run: connects, warms up, measures and closes. What the two models of load have in common. */
export abstract class LoadLoop {
  readonly #instrument = new InstrumentWatch()
  readonly #connect = new DurationHistogram()
  readonly #sockets: LoadSocket[] = []
  /** Who waits for an end that comes early. */
  readonly #onCancel = new Set<() => void>()
  #measuring = false
  protected recorder: StepRecorder | null = null
  protected startNs = 0
  protected measureFromNs = 0
  /** When the last request may be begun; infinite where the number of requests is what ends the step. */
  protected endNs = Number.POSITIVE_INFINITY
  protected cancelled = false

  constructor(
    protected readonly settings: LabSettings,
    protected readonly step: LabStep,
  ) {}

  /** Sockets to begin with. */
  protected abstract get firstSockets(): number
  /** Makes the load; resolves when every request has ended or the step was cancelled. */
  protected abstract load(sockets: readonly LoadSocket[], recorder: StepRecorder): Promise<void>
  /** Measured requests that are under way. */
  protected abstract get underWay(): number
  /** Nanoseconds that measuring will take, where that is known. */
  protected abstract get expectedNs(): number | null

  /** Throws `InspectorError` when nobody can be connected to; what goes wrong later is counted. */
  async run(): Promise<StepResult | null> {
    try {
      const sockets = await this.#open()
      if (this.cancelled) return null
      this.startNs = monotonicNanoseconds()
      this.measureFromNs = this.startNs + this.settings.warmUpMs * 1e6
      const { length } = this.settings
      if (length.by === 'duration') this.endNs = this.measureFromNs + length.milliseconds * 1e6
      this.recorder = new StepRecorder(this.step, this.measureFromNs, this.expectedNs)
      await this.load(sockets, this.recorder)
      // Cancelled in the warm-up: there is nothing that was measured.
      if (!this.#measuring) return null
      return this.recorder.result(this.underWay, {
        connect: this.#connect.distribution(),
        sockets: this.#sockets.length,
        reconnects: this.#sockets.reduce((total, { reconnects }) => total + reconnects, 0),
        instrument: this.#instrument.stop(),
      })
    } finally {
      await this.#close()
    }
  }

  /** Ends the step at once; what was measured so far is its result. */
  cancel(): void {
    this.cancelled = true
    for (const end of [...this.#onCancel]) end()
    for (const socket of this.#sockets) socket.close()
  }

  status(nowNs: number): LoopStatus {
    const { recorder } = this
    if (!recorder) return { phase: 'connecting', fraction: 0, remainingMs: null, recorder }
    const { warmUpMs, length } = this.settings
    const warmUpNs = warmUpMs * 1e6
    const expectedNs = this.expectedNs ?? this.#extrapolated(nowNs, recorder)
    const passedNs = nowNs - this.startNs
    const phase = nowNs < this.measureFromNs ? 'warming-up' : nowNs < this.endNs ? 'measuring' : 'finishing'
    const done = length.by === 'count' && phase !== 'warming-up' ? recorder.sent / length.requests : null
    return {
      phase,
      fraction: Math.min(1, done ?? (expectedNs === null ? 0 : passedNs / (warmUpNs + expectedNs))),
      remainingMs: expectedNs === null ? null : Math.max(0, (warmUpNs + expectedNs - passedNs) / 1e6),
      recorder,
    }
  }

  /** To be called with each request that is measured. */
  protected beginMeasuring(): void {
    if (this.#measuring) return
    this.#measuring = true
    this.#instrument.start()
  }

  /** A further socket, connected. Throws `InspectorError`. */
  protected async openSocket(): Promise<LoadSocket> {
    const { endpoint, options, timeoutMs } = this.settings
    const socket = new LoadSocket({ endpoint, options, timeoutMs, frames: this.step.frames })
    this.#sockets.push(socket)
    await socket.connect()
    if (socket.connectNs !== null) this.#connect.record(socket.connectNs)
    return socket
  }

  /** Makes a socket fit for another request after a failed one; `false` when the step ended or nobody is there any more. */
  protected async renew(socket: LoadSocket, failed: (thrown: unknown) => void): Promise<boolean> {
    if (socket.survives) return !this.cancelled
    const { length } = this.settings
    const lastNs = length.by === 'duration' ? this.endNs : monotonicNanoseconds() + longestReconnectNs
    while (!this.cancelled && monotonicNanoseconds() < lastNs) {
      try {
        await socket.connect()
        return !this.cancelled
      } catch (thrown) {
        if (this.cancelled) return false
        failed(thrown)
        await this.pause(reconnectPauseMs)
      }
    }
    return false
  }

  /** Waits; a cancelled step waits no longer. */
  protected pause(milliseconds: number): Promise<void> {
    if (this.cancelled) return Promise.resolve()
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#onCancel.delete(end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      this.#onCancel.add(end)
    })
  }

  protected onCancel(end: () => void): void {
    this.#onCancel.add(end)
  }

  async #open(): Promise<LoadSocket[]> {
    try {
      // One that cannot connect says for all of them what is wrong.
      const first = await this.openSocket()
      const others = Array.from({ length: this.firstSockets - 1 }, () => this.openSocket())
      return [first, ...(await Promise.all(others))]
    } catch (thrown) {
      if (this.cancelled) return []
      if (thrown instanceof InspectorError) throw thrown
      throw new InspectorError('internal', String(thrown), undefined, { cause: thrown })
    }
  }

  /** Nanoseconds that measuring a number of requests will take if it goes on as it did. */
  #extrapolated(nowNs: number, { sent }: StepRecorder): number | null {
    const { length } = this.settings
    const passedNs = nowNs - this.measureFromNs
    return length.by === 'count' && sent > 0 && passedNs > 0 ? (passedNs / sent) * length.requests : null
  }

  async #close(): Promise<void> {
    for (const socket of this.#sockets) socket.close()
    await Promise.all(this.#sockets.map((socket) => socket.gone()))
  }
}
