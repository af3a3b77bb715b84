import { InspectorError } from '../../shared/errors.ts'
import { onlyZmtp } from '../../shared/lab/client.ts'
import type { StepResult } from '../../shared/lab/result.ts'
import { DurationHistogram } from './histogram.ts'
import { LibzmqSocket } from './libzmq-socket.ts'
import type { LoadSocket } from './load-socket.ts'
import { MeasuredStep } from './measured-step.ts'
import type { StepRecorder } from './step-recorder.ts'
import { WireSocket } from './wire/wire-socket.ts'

const clients = { zmtp: WireSocket, libzmq: LibzmqSocket } as const

/** One step of a run: connects, warms up, measures and closes. The common part of both load models. */
export abstract class LoadLoop extends MeasuredStep {
  readonly #connect = new DurationHistogram()
  readonly #sockets: LoadSocket[] = []
  /** What came out of order and again during the warm-up. */
  #warmUp = { reordered: 0, repeated: 0 }

  /** Number of sockets to start with. */
  protected abstract get firstSockets(): number
  /** Generates the load; resolves when every request has ended or the step was cancelled. */
  protected abstract load(sockets: readonly LoadSocket[], recorder: StepRecorder): Promise<void>
  /** Measured requests in progress. */
  protected abstract get underWay(): number

  /** Throws `InspectorError` when no connection can be made; later failures are counted. */
  async run(): Promise<StepResult | null> {
    try {
      const sockets = await this.connecting(() => this.#open())
      if (!sockets) return null
      const beginNs = await this.begin()
      if (beginNs === null || this.cancelled) return null
      const recorder = this.startRecorder(beginNs)
      await this.load(sockets, recorder)
      // Cancelled during the warm-up: nothing was measured.
      if (!this.isMeasuring) return null
      return recorder.result(this.underWay, {
        connect: this.#connect.distribution(),
        sockets: this.#sockets.length,
        reconnects: this.#sockets.reduce((total, { reconnects }) => total + reconnects, 0),
        instrument: this.instrument.stop(),
        numbered: this.#numbered,
      })
    } finally {
      await this.#close()
    }
  }

  override cancel(): void {
    super.cancel()
    for (const socket of this.#sockets) socket.close()
  }

  protected override beginMeasuring(): void {
    if (!this.isMeasuring) this.#warmUp = this.#disorder()
    super.beginMeasuring()
  }

  /** What the numbers of requests showed; null where they have none. */
  get #numbered(): StepResult['numbered'] {
    const { load } = this.step
    if (load.model !== 'closed' || load.numbered !== true) return null
    const { reordered, repeated } = this.#disorder()
    return { reordered: reordered - this.#warmUp.reordered, repeated: repeated - this.#warmUp.repeated }
  }

  /** Since the sockets connected. */
  #disorder(): { readonly reordered: number; readonly repeated: number } {
    return {
      reordered: this.#sockets.reduce((total, { reordered }) => total + reordered, 0),
      repeated: this.#sockets.reduce((total, { repeated }) => total + repeated, 0),
    }
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
    return this.connectAgain(socket, failed)
  }

  async #open(): Promise<LoadSocket[]> {
    // If the first cannot connect, its error speaks for all.
    const first = await this.openSocket()
    const others = Array.from({ length: this.firstSockets - 1 }, () => this.openSocket())
    return [first, ...(await Promise.all(others))]
  }

  async #close(): Promise<void> {
    for (const socket of this.#sockets) socket.close()
    await Promise.all(this.#sockets.map((socket) => socket.gone()))
  }
}
