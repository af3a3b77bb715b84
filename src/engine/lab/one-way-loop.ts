import { randomInt } from 'node:crypto'
import { parseEndpoint } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import { Arrivals } from '../../shared/lab/arrivals.ts'
import { type OneWayLoad, onlyOneWay } from '../../shared/lab/plan.ts'
import type { StepResult } from '../../shared/lab/result.ts'
import { helloSequence, mostRuns, type Stamp } from '../../shared/lab/stamp.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { dueIn, type FlowTimes } from './flow-plan.ts'
import { DurationHistogram } from './histogram.ts'
import type { FromSender, Sender, StartSender } from './sender-protocol.ts'
import type { StepRecorder } from './step-recorder.ts'
import { StreamLoop } from './stream-loop.ts'
import { receiverOf, type StreamReceiver } from './stream-receiver.ts'

/** The clock of the messages starts so late, so that the sender is ready. */
const leadNs = 20e6
/** What has not come when nothing came for so long is lost. */
const quietMs = 500
const checkEveryMs = 100
/** How long the sender may take to go. */
const goodbyeMs = 3000

const noMessageOfThis = new InspectorError(
  'invalid-argument',
  'A message came that is none of this run: somebody else sends there.',
)

/**
 * Both ends of a stream are here: this thread receives, another one sends. Each message says which it is and when it was
 * sent, by the clock that both share.
 */
export class OneWayLoop extends StreamLoop {
  readonly #arrivals = new Arrivals()
  readonly #connect = new DurationHistogram()
  readonly #run = randomInt(mostRuns)
  readonly #load: OneWayLoad
  /** Used again for each message. */
  readonly #times = { dueNs: 0, sentNs: 0, doneNs: 0 }
  #receiver: StreamReceiver | undefined
  #sender: Sender | undefined
  /** When message n that counts is due, where there is a rate: that of 0, and between two. */
  #due: { readonly firstNs: number; readonly intervalNs: number } | null = null
  /** All that came. */
  #received = 0
  #reconnects = 0
  /** Known once all have been sent. */
  #sent: number | null = null
  #ready: (failure: InspectorError | null) => void = () => undefined
  #finished: (failure: InspectorError | null) => void = () => undefined

  constructor(
    settings: ConstructorParameters<typeof StreamLoop>[0],
    step: ConstructorParameters<typeof StreamLoop>[1],
    private readonly startSender: StartSender,
  ) {
    super(settings, step)
    this.#load = onlyOneWay(step.load)
  }

  async run(): Promise<StepResult | null> {
    try {
      const opened = await this.connecting(() => this.#open())
      if (!opened) return null
      const beginNs = await this.begin()
      if (beginNs === null || this.cancelled) return null
      const { recorder, times } = this.startClock(beginNs + leadNs)
      await this.#receive(recorder, times)
      if (!this.isMeasuring) return null
      return this.#result(recorder)
    } finally {
      await this.#close()
    }
  }

  #result(recorder: StepRecorder): StepResult {
    const { delivered, reordered, repeated } = this.#arrivals
    const missing = Math.max(0, recorder.sent - delivered)
    return recorder.result(this.cancelled ? missing : 0, {
      connect: this.#connect.distribution(),
      // One at each end.
      sockets: 2,
      reconnects: this.#reconnects,
      instrument: this.instrument.stop(),
      oneWay: { delivered, lost: this.cancelled ? 0 : missing, reordered, repeated },
    })
  }

  /** Binds the receiver, and connects the sender to it. */
  async #open(): Promise<true> {
    const { endpoint, options, timeoutMs, client } = this.settings
    const { pattern, size } = this.#load
    const to = parseEndpoint(endpoint, 'bind', { ipv6: options.ipv6 })
    const receiver = receiverOf({
      pattern,
      client,
      endpoint,
      to,
      options,
      take: (stamp, nowNs) => this.#take(stamp, nowNs),
      broke: (failure) => {
        this.#ready(failure)
        this.#finished(failure)
      },
    })
    this.#receiver = receiver
    const reached = await receiver.open()
    const ready = new Promise<InspectorError | null>((resolve) => {
      this.#ready = resolve
      this.onCancel(() => resolve(null))
    })
    const sender = this.startSender({ pattern, client, endpoint: reached, options, timeoutMs, size, run: this.#run })
    this.#sender = sender
    sender.onMessage((message) => this.#onSender(message))
    sender.onExit((reason) => {
      const failure = new InspectorError('internal', `The thread that sends ended unexpectedly: ${reason}.`)
      this.#ready(failure)
      if (this.#sent === null) this.#finished(failure)
    })
    const failure = await ready
    if (failure) throw failure
    return true
  }

  async #receive(recorder: StepRecorder, times: FlowTimes): Promise<void> {
    const { startNs, ratePerSecond } = times
    if (ratePerSecond !== null) {
      const intervalNs = 1e9 / ratePerSecond
      this.#due = { firstNs: startNs + dueIn(times).warmUps * intervalNs, intervalNs }
    }
    const finished = new Promise<InspectorError | null>((resolve) => {
      this.#finished = resolve
      this.onCancel(() => resolve(null))
    })
    this.#sender?.post({ type: 'begin', times })
    let before = 0
    let quietSinceNs = monotonicNanoseconds()
    const check = setInterval(() => {
      const nowNs = monotonicNanoseconds()
      if (this.#received !== before || this.#sent === null) quietSinceNs = nowNs
      before = this.#received
      if (nowNs - quietSinceNs >= quietMs * 1e6) this.#finished(null)
    }, checkEveryMs)
    try {
      const failure = await finished
      if (failure) recorder.failure(monotonicNanoseconds(), failure)
    } finally {
      clearInterval(check)
    }
  }

  /** The hot path: nothing is kept of a message. */
  #take(stamp: Stamp | null, nowNs: number): void {
    const { recorder } = this
    if (stamp === null || stamp.run !== this.#run) {
      if (recorder && this.isMeasuring) recorder.failure(nowNs, noMessageOfThis)
      return
    }
    this.#received += 1
    if (stamp.sequence === helloSequence) {
      this.#sender?.post({ type: 'heard' })
      this.#ready(null)
      return
    }
    if (!stamp.isMeasured || recorder === null) return
    this.beginMeasuring()
    const { sequence, sentNs } = stamp
    if (this.#arrivals.add(sequence)) {
      const times = this.#times
      times.dueNs = this.#due === null ? sentNs : this.#due.firstNs + sequence * this.#due.intervalNs
      times.sentNs = sentNs
      times.doneNs = nowNs
      recorder.reply(times)
    }
    if (this.#arrivals.delivered === this.#sent) this.#finished(null)
  }

  #onSender(message: FromSender): void {
    const { recorder } = this
    const nowNs = monotonicNanoseconds()
    switch (message.type) {
      case 'connected':
        if (message.connectNs !== null) this.#connect.record(message.connectNs)
        // A PUB asks until its first message arrives.
        if (this.#load.pattern === 'push-pull') this.#ready(null)
        return
      case 'broken':
        this.#ready(errorOf(message.error))
        this.#finished(errorOf(message.error))
        return
      case 'progress':
        if (recorder) recorder.sent = message.sent
        return
      case 'failed':
        recorder?.failure(nowNs, errorOf(message.error))
        return
      case 'timed-out':
        this.beginMeasuring()
        recorder?.timeout(nowNs)
        return
      case 'unsent':
        if (recorder) recorder.unsent += message.messages
        return
      case 'sent':
        if (recorder) recorder.sent = message.sent
        this.#reconnects = message.reconnects
        this.#sent = message.sent
        if (this.#arrivals.delivered === message.sent) this.#finished(null)
    }
  }

  /** The sender first: its connection would find nobody otherwise. */
  async #close(): Promise<void> {
    const sender = this.#sender
    if (sender) {
      sender.post({ type: 'stop' })
      let limit: NodeJS.Timeout | undefined
      const passed = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, goodbyeMs)
      })
      await Promise.race([sender.ended, passed])
      clearTimeout(limit)
    }
    await this.#receiver?.close()
  }
}

const errorOf = ({ code, message, details }: Extract<FromSender, { type: 'broken' }>['error']): InspectorError =>
  new InspectorError(code, message, details)
