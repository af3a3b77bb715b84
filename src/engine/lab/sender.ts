import { setTimeout as pause } from 'node:timers/promises'
import { toErrorValue } from '../../shared/errors.ts'
import { fillerFrame } from '../../shared/lab/plan.ts'
import { helloSequence, writeStamp } from '../../shared/lab/stamp.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { connectAgain } from './connect-again.ts'
import { Flow } from './flow.ts'
import type { FlowListener, FlowTimes } from './flow-plan.ts'
import { LibzmqSender } from './libzmq-sender.ts'
import type { MessageSocket, MessageSocketPlan } from './message-socket.ts'
import { Metronome } from './metronome.ts'
import type { FromSender, SenderPlan, ToSender } from './sender-protocol.ts'
import { WirePush } from './wire/wire-push.ts'

/** How often a PUB asks whether somebody has subscribed. */
const helloEveryMs = 2
const progressEveryMs = 100

function socketOf({ pattern, client }: SenderPlan, plan: MessageSocketPlan): MessageSocket {
  if (pattern === 'pub-sub') return new LibzmqSender(plan, 'pub')
  return client === 'zmtp' ? new WirePush(plan) : new LibzmqSender(plan, 'push')
}

/** The sending end of a one-way stream: one socket, whose messages are stamped as they are handed over. */
export class StreamSender {
  readonly #socket: MessageSocket
  /** Written to each message; used again for each. */
  readonly #stamp: { run: number; isMeasured: boolean; sequence: number; sentNs: number }
  #sent = 0
  #warmUps = 0
  #isHeard = false
  #isStopped = false
  #flow: Flow | undefined
  #metronome: Metronome | undefined

  /** `metronomeModule` is the built metronome thread. */
  constructor(
    private readonly plan: SenderPlan,
    private readonly metronomeModule: URL,
    private readonly post: (message: FromSender) => void,
  ) {
    const { endpoint, options, timeoutMs, size, run } = plan
    this.#stamp = { run, isMeasured: false, sequence: helloSequence, sentNs: 0 }
    this.#socket = socketOf(plan, {
      endpoint,
      options,
      timeoutMs,
      frames: [fillerFrame(size)],
      stamp: (view, at) => {
        const stamp = this.#stamp
        writeStamp(view, at, stamp)
        if (stamp.sequence !== helloSequence) stamp.sequence += 1
      },
    })
  }

  async take(message: ToSender): Promise<void> {
    if (message.type === 'heard') this.#isHeard = true
    else if (message.type === 'begin') await this.#send(message.times)
    else this.#stop()
  }

  /** Connects, and asks until somebody listens where that is not known otherwise. */
  async connect(): Promise<void> {
    try {
      await this.#socket.connect()
      this.post({ type: 'connected', connectNs: this.#socket.connectNs })
      // A PUB drops what nobody has subscribed to, and is not told who has.
      while (this.plan.pattern === 'pub-sub' && !this.#isHeard && !this.#isStopped) {
        await new Promise<void>((resolve) => this.#socket.write(1, { accepted: resolve, failed: () => resolve() }))
        await pause(helloEveryMs)
      }
    } catch (thrown) {
      this.post({ type: 'broken', error: toErrorValue(thrown) })
    }
  }

  /** Resolves when nothing is left of it. */
  async dispose(): Promise<void> {
    this.#socket.close()
    await this.#socket.gone()
    await this.#metronome?.dispose()
  }

  async #send(times: FlowTimes): Promise<void> {
    this.#isHeard = true
    const flow = new Flow(times, this.plan.timeoutMs, this.#listener(times))
    this.#flow = flow
    const progress = setInterval(() => this.post({ type: 'progress', sent: this.#sent }), progressEveryMs)
    try {
      await flow.run([this.#socket], () => {
        this.#metronome ??= new Metronome(this.metronomeModule)
        return this.#metronome
      })
    } finally {
      clearInterval(progress)
    }
    this.post({ type: 'sent', sent: this.#sent, reconnects: this.#socket.reconnects })
    if (!this.#isStopped) await this.#socket.finish(this.plan.timeoutMs)
  }

  #listener({ endNs }: FlowTimes): FlowListener {
    return {
      begin: (messages, isMeasured) => {
        // Those of one write have one time, before the first of them is written.
        this.#stamp.sentNs = monotonicNanoseconds()
        this.#stamp.isMeasured = isMeasured
        this.#stamp.sequence = isMeasured ? this.#sent : this.#warmUps
        if (isMeasured) this.#sent += messages
        else this.#warmUps += messages
      },
      accepted: () => undefined,
      failed: (thrown) => this.#fail(thrown),
      timedOut: () => this.post({ type: 'timed-out' }),
      unsent: (messages) => this.post({ type: 'unsent', messages }),
      renew: (socket) =>
        connectAgain(socket, endNs, {
          isOver: () => this.#isStopped,
          failed: (thrown) => this.#fail(thrown),
          pause,
        }),
    }
  }

  #fail(thrown: unknown): void {
    this.post({ type: 'failed', error: toErrorValue(thrown) })
  }

  #stop(): void {
    this.#isStopped = true
    this.#flow?.cancel()
    this.#socket.close()
  }
}
