import { InspectorError } from '../../shared/errors.ts'
import { onlyZmtp } from '../../shared/lab/client.ts'
import type { LabSettings, LabStep } from '../../shared/lab/plan.ts'
import type { StepResult } from '../../shared/lab/result.ts'
import { monotonicNanoseconds } from '../clock.ts'
import type { LinkSecurity } from '../sockets/request-link.ts'
import { DurationHistogram } from './histogram.ts'
import { InstrumentWatch } from './instrument.ts'
import { LibzmqSocket } from './libzmq-socket.ts'
import type { LoadSocket } from './load-socket.ts'
import { type LoopStatus, type StepLoop, statusOf } from './step-loop.ts'
import { StepRecorder } from './step-recorder.ts'
import { WireSocket } from './wire/wire-socket.ts'

const clients = { zmtp: WireSocket, libzmq: LibzmqSocket } as const

/** Pause before reconnecting after a failed connection. */
const reconnectPauseMs = 100
/** Limit for runs that end by request count: without a server they would never end. */
const longestReconnectNs = 10e9

/** One step of a run: connects, warms up, measures and closes. The common part of both load models. */
export abstract class LoadLoop implements StepLoop {
  readonly #instrument = new InstrumentWatch()
  readonly #connect = new DurationHistogram()
  readonly #sockets: LoadSocket[] = []
  /** Called when the step is cancelled. */
  readonly #onCancel = new Set<() => void>()
  #measuring = false
  recorder: StepRecorder | null = null
  startNs = 0
  measureFromNs = 0
  /** When the last request may start; infinite when the request count ends the step. */
  endNs = Number.POSITIVE_INFINITY
  protected cancelled = false
  /** The routing id of the next socket. By default libzmq chooses it. */
  nextRoutingId: () => string | undefined = () => undefined
  /** When the load begins, on the monotonic clock, once all sockets are connected; null where the run was cancelled. */
  begin: () => Promise<number | null> = async () => monotonicNanoseconds()
  /** That of its sockets; undefined for none. */
  security: LinkSecurity | undefined

  constructor(
    protected readonly settings: LabSettings,
    protected readonly step: LabStep,
  ) {}

  /** Number of sockets to start with. */
  protected abstract get firstSockets(): number
  /** Generates the load; resolves when every request has ended or the step was cancelled. */
  protected abstract load(sockets: readonly LoadSocket[], recorder: StepRecorder): Promise<void>
  /** Measured requests in progress. */
  protected abstract get underWay(): number
  /** Expected duration of measuring in nanoseconds, if known. */
  abstract get expectedNs(): number | null

  /** How many requests it makes; infinite where time ends it. */
  get requests(): number {
    const { length } = this.settings
    return length.by === 'count' ? length.requests : Number.POSITIVE_INFINITY
  }

  /** Throws `InspectorError` when no connection can be made; later failures are counted. */
  async run(): Promise<StepResult | null> {
    try {
      const sockets = await this.#open()
      if (this.cancelled) return null
      const beginNs = await this.begin()
      if (beginNs === null || this.cancelled) return null
      this.startNs = beginNs
      this.measureFromNs = this.startNs + this.settings.warmUpMs * 1e6
      const { length } = this.settings
      if (length.by === 'duration') this.endNs = this.measureFromNs + length.milliseconds * 1e6
      this.recorder = new StepRecorder(this.step, this.measureFromNs, this.expectedNs)
      await this.load(sockets, this.recorder)
      // Cancelled during the warm-up: nothing was measured.
      if (!this.#measuring) return null
      return this.recorder.result(this.underWay, {
        connect: this.#connect.distribution(),
        sockets: this.#sockets.length,
        reconnects: this.#sockets.reduce((total, { reconnects }) => total + reconnects, 0),
        instrument: this.#instrument.stop(),
        numbered: this.#numbered,
      })
    } finally {
      await this.#close()
    }
  }

  /** Ends the step at once; its result is what was measured so far. */
  cancel(): void {
    this.cancelled = true
    for (const end of [...this.#onCancel]) end()
    for (const socket of this.#sockets) socket.close()
  }

  status(nowNs: number): LoopStatus {
    return statusOf(this.settings, this, nowNs)
  }

  /** What the numbers of requests showed; null where they have none. */
  get #numbered(): StepResult['numbered'] {
    const { load } = this.step
    if (load.model !== 'closed' || load.numbered !== true) return null
    return {
      reordered: this.#sockets.reduce((total, { reordered }) => total + reordered, 0),
      repeated: this.#sockets.reduce((total, { repeated }) => total + repeated, 0),
    }
  }

  /** Call this for each measured request. */
  protected beginMeasuring(): void {
    if (this.#measuring) return
    this.#measuring = true
    this.#instrument.start()
  }

  /** Opens and connects another socket. Throws `InspectorError`. */
  protected async openSocket(): Promise<LoadSocket> {
    const { endpoint, options, timeoutMs, client } = this.settings
    const { load } = this.step
    const { inFlight, numbered } = load.model === 'closed' ? load : { inFlight: undefined, numbered: undefined }
    if (inFlight !== undefined && client !== 'zmtp') throw new InspectorError('wrong-state', onlyZmtp)
    const Client = clients[client]
    const socket = new Client({
      endpoint,
      options,
      timeoutMs,
      frames: this.step.frames,
      routingId: this.nextRoutingId,
      security: this.security,
      inFlight,
      numbered,
    })
    this.#sockets.push(socket)
    await socket.connect()
    if (socket.connectNs !== null) this.#connect.record(socket.connectNs)
    return socket
  }

  /** Makes a socket usable again after a failed request; `false` when the step ended or the server is gone. */
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

  /** Waits; a cancelled step stops waiting. */
  protected pause(milliseconds: number): Promise<void> {
    if (this.cancelled || milliseconds <= 0) return Promise.resolve()
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
      // If the first cannot connect, its error speaks for all.
      const first = await this.openSocket()
      const others = Array.from({ length: this.firstSockets - 1 }, () => this.openSocket())
      return [first, ...(await Promise.all(others))]
    } catch (thrown) {
      if (this.cancelled) return []
      if (thrown instanceof InspectorError) throw thrown
      throw new InspectorError('internal', String(thrown), undefined, { cause: thrown })
    }
  }

  async #close(): Promise<void> {
    for (const socket of this.#sockets) socket.close()
    await Promise.all(this.#sockets.map((socket) => socket.gone()))
  }
}
