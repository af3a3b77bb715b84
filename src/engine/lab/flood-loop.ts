import type { StepResult } from '../../shared/lab/result.ts'
import type { Share } from '../../shared/lab/share.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { Flow } from './flow.ts'
import type { FlowListener } from './flow-plan.ts'
import { DurationHistogram } from './histogram.ts'
import { LibzmqSender } from './libzmq-sender.ts'
import type { MessageSocket } from './message-socket.ts'
import type { Metronome } from './metronome.ts'
import type { StepRecorder } from './step-recorder.ts'
import { StreamLoop } from './stream-loop.ts'
import { WirePush } from './wire/wire-push.ts'

const clients = { zmtp: WirePush, libzmq: LibzmqSender } as const

/** PUSH sockets send one message again and again to somebody's PULL, as fast as it takes them or at a rate. */
export class FloodLoop extends StreamLoop {
  readonly #sockets: MessageSocket[] = []
  readonly #connect = new DurationHistogram()
  /** What the present connection of each socket had accepted: known as read when the peer closes it in the end. */
  readonly #accepted = new Map<MessageSocket, number>()
  #writes = 0
  #flow: Flow | undefined

  constructor(
    settings: ConstructorParameters<typeof StreamLoop>[0],
    step: ConstructorParameters<typeof StreamLoop>[1],
    private readonly metronome: () => Metronome,
    share: Share,
  ) {
    super(settings, step, share)
  }

  async run(): Promise<StepResult | null> {
    try {
      const sockets = await this.connecting(() => this.#open())
      if (!sockets) return null
      const beginNs = await this.begin()
      if (beginNs === null || this.cancelled) return null
      const { recorder, times } = this.startClock(beginNs)
      // At a rate, the first message is due then anyway.
      if (times.ratePerSecond === null) await this.pause((beginNs - monotonicNanoseconds()) / 1e6)
      if (this.cancelled) return null
      const flow = new Flow(times, this.settings.timeoutMs, this.#listener(recorder))
      this.#flow = flow
      await flow.run(sockets, this.metronome)
      const unfinished = this.cancelled ? flow.underWay : 0
      const confirmed = await this.#finish()
      if (!this.isMeasuring) return null
      return recorder.result(unfinished, {
        connect: this.#connect.distribution(),
        sockets: this.#sockets.length,
        reconnects: this.#sockets.reduce((total, { reconnects }) => total + reconnects, 0),
        instrument: this.instrument.stop(),
        flood: { accepted: recorder.replied, confirmed, writes: this.#writes },
      })
    } finally {
      for (const socket of this.#sockets) socket.close()
      await Promise.all(this.#sockets.map((socket) => socket.gone()))
    }
  }

  override cancel(): void {
    super.cancel()
    this.#flow?.cancel()
    for (const socket of this.#sockets) socket.close()
  }

  #listener(recorder: StepRecorder): FlowListener {
    return {
      begin: (messages, isMeasured) => {
        if (!isMeasured) return
        this.beginMeasuring()
        recorder.sent += messages
      },
      accepted: (socket, messages, times) => {
        recorder.accept(messages, times)
        this.#writes += 1
        this.#accepted.set(socket, (this.#accepted.get(socket) ?? 0) + messages)
      },
      failed: (thrown) => this.#fail(thrown, recorder),
      timedOut: () => {
        this.beginMeasuring()
        recorder.timeout(monotonicNanoseconds())
      },
      unsent: (messages) => {
        this.beginMeasuring()
        recorder.unsent += messages
      },
      renew: (socket) => this.#renew(socket, recorder),
    }
  }

  async #open(): Promise<MessageSocket[]> {
    const { load } = this.step
    // If the first cannot connect, its error speaks for all.
    const first = await this.#openSocket()
    const others = load.model === 'flood' ? load.concurrency - 1 : 0
    return [first, ...(await Promise.all(Array.from({ length: others }, () => this.#openSocket())))]
  }

  async #openSocket(): Promise<MessageSocket> {
    const { endpoint, options, timeoutMs, client } = this.settings
    const { frames } = this.step
    const socket = new clients[client]({ endpoint, options, timeoutMs, frames, security: this.security })
    this.#sockets.push(socket)
    await socket.connect()
    if (socket.connectNs !== null) this.#connect.record(socket.connectNs)
    return socket
  }

  /** Connects again until the step ends. */
  #renew(socket: MessageSocket, recorder: StepRecorder): Promise<boolean> {
    this.#accepted.delete(socket)
    return this.connectAgain(socket, (thrown) => this.#fail(thrown, recorder))
  }

  #fail(thrown: unknown, recorder: StepRecorder): void {
    const nowNs = monotonicNanoseconds()
    if (nowNs < this.measureFromNs) return
    this.beginMeasuring()
    recorder.failure(nowNs, thrown)
  }

  /** Ends all connections in order. Returns how many messages are known to have been read; null where nobody waited or can tell. */
  async #finish(): Promise<number | null> {
    if (this.cancelled) return null
    const limitMs = this.settings.timeoutMs
    const ends = await Promise.all(
      this.#sockets.map(async (socket) => ({ socket, hasRead: await socket.finish(limitMs) })),
    )
    if (ends.some(({ hasRead }) => hasRead === null)) return null
    return ends.reduce((sum, { socket, hasRead }) => sum + (hasRead ? (this.#accepted.get(socket) ?? 0) : 0), 0)
  }
}
