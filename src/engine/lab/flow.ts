import { monotonicNanoseconds } from '../clock.ts'
import { dueIn, type FlowListener, type FlowTimes } from './flow-plan.ts'
import type { MessageSocket, WriteListener } from './message-socket.ts'
import type { Metronome } from './metronome.ts'

/** How long writes follow one another before timers and other sockets get their turn. */
const turnNs = 500e3
/** How often writes are looked at that wait. */
const checkEveryMs = 50

/** A socket with its write under way, both used again for each. */
interface Lane {
  readonly socket: MessageSocket
  readonly listener: WriteListener
  readonly times: { dueNs: number; sentNs: number; doneNs: number }
  messages: number
  isMeasured: boolean
  isBusy: boolean
  /** Connecting again; it is busy then. */
  isRenewing: boolean
}

/**
 * Sends messages over sockets: each as fast as it takes them, or all together at a rate. Each socket has one write under
 * way, so a peer that takes nothing holds its socket, and the memory of this process stays as it is.
 */
export class Flow {
  readonly #lanes = new Set<Lane>()
  /** Lanes that go on in the next turn. */
  #ready: Lane[] = []
  #immediate: NodeJS.Immediate | undefined
  #turnEndsNs = 0
  /** Messages handed over, or given up, at a rate also those of the warm-up. */
  #next = 0
  /** Messages that count and were handed over. */
  #measured = 0
  #isCancelled = false
  #finished: () => void = () => undefined
  readonly #intervalNs: number
  readonly #warmUps: number
  readonly #total: number

  constructor(
    private readonly times: FlowTimes,
    private readonly timeoutMs: number,
    private readonly listener: FlowListener,
  ) {
    this.#intervalNs = times.ratePerSecond === null ? 0 : 1e9 / times.ratePerSecond
    const { warmUps, total } = dueIn(times)
    this.#warmUps = warmUps
    this.#total = total
  }

  /** Messages that count and were neither accepted nor failed. */
  get underWay(): number {
    let sum = 0
    for (const lane of this.#lanes) {
      if (lane.isBusy && lane.isMeasured && !lane.isRenewing) sum += lane.messages
    }
    return sum
  }

  /** Resolves when all have been accepted, or no socket is left. `metronome` is called for at a rate. */
  async run(sockets: readonly MessageSocket[], metronome: () => Metronome): Promise<void> {
    const finished = new Promise<void>((resolve) => {
      this.#finished = resolve
    })
    for (const socket of sockets) this.#lanes.add(this.#laneOf(socket))
    const check = setInterval(() => this.#check(), checkEveryMs)
    const { startNs, ratePerSecond } = this.times
    const pace = ratePerSecond === null ? null : metronome()
    if (pace) pace.start(startNs, this.#intervalNs, () => this.#dispatch())
    else for (const lane of this.#lanes) this.#later(lane)
    try {
      await finished
    } finally {
      pace?.stop()
      clearInterval(check)
      clearImmediate(this.#immediate)
    }
  }

  /** Ends it; writes under way are abandoned. */
  cancel(): void {
    this.#isCancelled = true
    this.#finished()
  }

  #laneOf(socket: MessageSocket): Lane {
    const lane: Lane = {
      socket,
      times: { dueNs: 0, sentNs: 0, doneNs: 0 },
      messages: 0,
      isMeasured: false,
      isBusy: false,
      isRenewing: false,
      listener: {
        accepted: () => {
          if (!lane.isBusy || lane.isRenewing || this.#isCancelled) return
          lane.isBusy = false
          lane.times.doneNs = monotonicNanoseconds()
          if (lane.isMeasured) this.listener.accepted(socket, lane.messages, lane.times)
          this.#goOn(lane)
        },
        failed: (thrown) => {
          if (!lane.isBusy || lane.isRenewing || this.#isCancelled) return
          this.listener.failed(thrown)
          void this.#recover(lane)
        },
      },
    }
    return lane
  }

  #goOn(lane: Lane): void {
    if (this.times.ratePerSecond !== null) this.#dispatch()
    else if (lane.times.doneNs < this.#turnEndsNs) this.#fill(lane)
    else this.#later(lane)
  }

  async #recover(lane: Lane): Promise<void> {
    lane.isRenewing = true
    const isUsable = await this.listener.renew(lane.socket)
    if (this.#isCancelled) return
    lane.isRenewing = false
    lane.isBusy = false
    if (isUsable) this.#goOn(lane)
    else this.#end(lane)
  }

  #end(lane: Lane): void {
    this.#lanes.delete(lane)
    if (this.#lanes.size === 0) this.#finished()
  }

  #later(lane: Lane): void {
    this.#ready.push(lane)
    this.#immediate ??= setImmediate(this.#turn)
  }

  readonly #turn = (): void => {
    this.#immediate = undefined
    this.#turnEndsNs = monotonicNanoseconds() + turnNs
    const lanes = this.#ready
    this.#ready = []
    for (const lane of lanes) if (!this.#isCancelled) this.#fill(lane)
  }

  /** As fast as they are taken: the next write of a socket, unless that was its last. */
  #fill(lane: Lane): void {
    const nowNs = monotonicNanoseconds()
    const isMeasured = nowNs >= this.times.measureFromNs
    const left = this.times.most - this.#measured
    if (nowNs >= this.times.endNs || left <= 0) {
      this.#end(lane)
      return
    }
    this.#write(
      lane,
      isMeasured ? Math.min(left, lane.socket.mostMessages) : lane.socket.mostMessages,
      isMeasured,
      nowNs,
    )
  }

  /** At a rate: hands over all that is due, as far as sockets are free. */
  #dispatch(): void {
    if (this.#isCancelled) return
    const nowNs = monotonicNanoseconds()
    this.#giveUp(nowNs)
    for (const lane of this.#lanes) {
      if (lane.isBusy) continue
      const isMeasured = this.#next >= this.#warmUps
      const until = isMeasured ? this.#total : this.#warmUps
      const due = Math.min(until, this.#dueBy(nowNs)) - this.#next
      if (due <= 0) break
      // The others come first next time. It is busy now, so this loop passes over it at its end.
      this.#lanes.delete(lane)
      this.#lanes.add(lane)
      this.#write(lane, Math.min(due, lane.socket.mostMessages), isMeasured, this.#dueNs(this.#next))
    }
    if (this.#next >= this.#total && ![...this.#lanes].some(({ isBusy }) => isBusy)) this.#finished()
  }

  /** Messages that no socket could take in time are counted and left out: they must not wait without a bound. */
  #giveUp(nowNs: number): void {
    const overdue = Math.min(this.#total, this.#dueBy(nowNs - this.timeoutMs * 1e6)) - this.#next
    if (overdue <= 0) return
    const measured = Math.max(0, this.#next + overdue - Math.max(this.#next, this.#warmUps))
    this.#next += overdue
    if (measured > 0) this.listener.unsent(measured)
  }

  #dueNs(index: number): number {
    return this.times.startNs + index * this.#intervalNs
  }

  /** How many messages are due by then. */
  #dueBy(nowNs: number): number {
    return nowNs < this.times.startNs ? 0 : Math.floor((nowNs - this.times.startNs) / this.#intervalNs) + 1
  }

  #write(lane: Lane, messages: number, isMeasured: boolean, dueNs: number): void {
    this.#next += messages
    if (isMeasured) this.#measured += messages
    this.listener.begin(messages, isMeasured)
    lane.messages = messages
    lane.isMeasured = isMeasured
    lane.isBusy = true
    lane.times.dueNs = dueNs
    lane.times.sentNs = monotonicNanoseconds()
    lane.socket.write(messages, lane.listener)
  }

  #check(): void {
    if (this.times.ratePerSecond !== null) this.#dispatch()
    const longestNs = this.timeoutMs * 1e6
    const nowNs = monotonicNanoseconds()
    for (const lane of [...this.#lanes]) {
      if (!lane.isBusy || nowNs - lane.times.sentNs < longestNs || lane.isRenewing) continue
      lane.isBusy = false
      lane.socket.close()
      this.listener.timedOut()
      this.#end(lane)
    }
  }
}
