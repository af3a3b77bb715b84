import { causeIn } from '../../shared/diagnosis/answer-cause.ts'
import { type Finding, finding, isAboutAddress } from '../../shared/diagnosis/diagnosis.ts'
import type { Facts } from '../../shared/diagnosis/finding.ts'
import {
  findOlder,
  found,
  foundFitting,
  giveUp,
  idleLink,
  type Link,
  openingLink,
  reduceLink,
  unfinished,
} from '../../shared/diagnosis/link.ts'
import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import type { Endpoint } from '../../shared/endpoint.ts'
import type { ProbeAnswer } from '../../shared/probe/report.ts'
import type { LinkState } from '../../shared/session/state.ts'
import type { SocketOptions } from '../../shared/zmq/options.ts'
import type { PatternId } from '../../shared/zmq/patterns.ts'
import type { SecurityKind } from '../../shared/zmq/security.ts'
import { monotonicNanoseconds, wallClock } from '../clock.ts'
import { type Examined, examine } from './examine.ts'

/** A connecting socket reports its retry within a millisecond of the disconnect. Without one it has given up. */
const retryWithinMs = 100
/** A peer of ZMTP 3 has shaken hands by then, or is far away. */
const handshakeWithinMs = 300
/** Then it does not shake hands at all. */
const unfinishedAfterMs = 1000
/** Pause between two examinations of an address that is still out of reach. */
const examineEveryMs = 5000

/** The limits of our own that can break a link: 0 for none. */
const limitsOf = ({ heartbeatInterval, heartbeatTimeout, maximumMessageSize }: SocketOptions): Facts => ({
  heartbeatMs: heartbeatInterval > 0 ? heartbeatTimeout || heartbeatInterval : 0,
  maximumMessageSize: Math.max(0, maximumMessageSize),
})

interface Waiter {
  readonly isOver: () => boolean
  readonly done: () => void
}

/** The link of a connection's current socket: its state, how long connecting took, and who waits for it. */
export class LinkWatcher {
  #link: Link = idleLink
  #endpoint: Endpoint | undefined
  #ipv6 = false
  #openedNs = 0
  #connectNs: number | null = null
  #greetsSilently = false
  #generation = 0
  /** The end of a transport whose cause is being examined. */
  #held: SocketEvent | undefined
  /** Whether a handshake was ever made with this endpoint, by any socket. */
  #hasMet = false
  #examining = false
  /** Whether something happened during an examination that calls for another one. */
  #examineAgain = false
  #examinedNs = Number.NEGATIVE_INFINITY
  #giveUpTimer: NodeJS.Timeout | undefined
  #handshakeTimer: NodeJS.Timeout | undefined
  readonly #waiters = new Set<Waiter>()

  /** `changed` is told the state before. */
  constructor(private readonly changed: (before: LinkState) => void) {}

  get state(): LinkState {
    return this.#link.state
  }

  /** Nanoseconds from connect to the first handshake; null before it. */
  get connectNs(): number | null {
    return this.#connectNs
  }

  /** When the first handshake was done, on the monotonic clock; null before it. */
  get handshakeNs(): number | null {
    return this.#connectNs === null ? null : this.#openedNs + this.#connectNs
  }

  /** What the words for a cause need to know of the socket's options. */
  get limits(): Facts {
    return this.#link.limits
  }

  /** A transport is there, whatever it leads to. */
  get isConnected(): boolean {
    return this.#link.connected
  }

  /** A transport is there, and whatever accepts it has said nothing so far. */
  get isSilent(): boolean {
    return this.#greetsSilently && (this.state.state === 'connecting' || this.state.state === 'retrying')
  }

  /** What holds up a link that is still connecting to `address`. */
  holdUp(address: string): Finding {
    const { state } = this
    if (state.state === 'connecting' && state.cause) return state.cause
    if (!this.#link.connected) return finding('no-answer', { address })
    return this.#hasMet ? finding('peer-hangs', this.limits) : finding('silent-peer')
  }

  /** Grows with every socket: what was learned about an earlier one does not count. */
  get generation(): number {
    return this.#generation
  }

  /** A socket is about to connect. */
  opening(
    endpoint: Endpoint,
    options: SocketOptions,
    pattern: PatternId,
    security: SecurityKind,
    renewsItself = false,
  ): void {
    this.#forget()
    this.#endpoint = endpoint
    this.#ipv6 = options.ipv6
    this.#openedNs = monotonicNanoseconds()
    this.#connectNs = null
    const renews = renewsItself ? { renewsItself } : {}
    this.#set(openingLink(wallClock(), { ...limitsOf(options), ...renews }, pattern, security))
  }

  /** Another endpoint is about to be opened: what is known of this one does not count. */
  forgetPeer(): void {
    this.#hasMet = false
  }

  closed(): void {
    this.#forget()
    this.#set(idleLink)
  }

  /** The name of an inproc endpoint is bound: there is no handshake. */
  bound(): void {
    if (this.state.state !== 'ready') this.#set({ ...this.#link, state: { state: 'ready', since: wallClock() } })
  }

  /** A reply came. Out of the silence, only an older peer replies without a handshake. */
  replied(): void {
    if (this.isSilent) this.#set(findOlder(this.#link, wallClock()))
  }

  /** Nobody has bound the name of an inproc endpoint, or nobody has any longer. */
  notBound(cause: Finding): void {
    this.#set({ ...this.#link, state: { state: 'retrying', since: wallClock(), cause } })
  }

  event(event: SocketEvent): void {
    if (event.type === 'handshake') {
      this.#connectNs ??= monotonicNanoseconds() - this.#openedNs
      this.#hasMet = true
    }
    if (this.#isBareEnd(event)) {
      // It is a peer of the wrong type, or none at all: its first bytes tell.
      this.#held = event
      this.#examineNow()
      this.#awaitRetry()
      return
    }
    this.#reduce(event)
  }

  /** Whether the transport ended without a word about the handshake, which nothing has explained yet. */
  #isBareEnd({ type }: SocketEvent): boolean {
    const { connected, failed, state } = this.#link
    return (
      type === 'disconnect' && connected && !failed && state.state !== 'ready' && this.#endpoint?.scheme !== 'inproc'
    )
  }

  /** Applies the end that was held until its cause was known. */
  #release(): void {
    const held = this.#held
    this.#held = undefined
    if (held) this.#reduce(held)
  }

  /** Over a WebSocket, what breaks the handshake off is the peer's web server. */
  #inTransport(link: Link): Link {
    const { state } = link
    if (this.#endpoint?.scheme !== 'ws' || !('cause' in state) || state.cause?.diagnosis !== 'keys-or-protocol')
      return link
    return { ...link, state: { ...state, cause: finding('ws-refused') } }
  }

  #reduce(event: SocketEvent): void {
    if (event.type === 'connect:retry') this.#release()
    const next = this.#inTransport(reduceLink(this.#link, event, wallClock()))
    if (next.state === this.#link.state) this.#link = next
    else this.#set(next)
    this.#watchSilence(event)
  }

  /** Resolves when the link is ready, rejected, stopped or idle, or after `timeoutMs`; `state` then says which. */
  settled(timeoutMs: number): Promise<void> {
    return this.until(() => !this.#isPending(), timeoutMs)
  }

  /** Asks those who wait whether that is over: for what changed besides the link. */
  look(): void {
    for (const waiter of [...this.#waiters]) if (waiter.isOver()) waiter.done()
  }

  /** Resolves once `isOver` is true, which is asked after every change, or after `timeoutMs`. */
  until(isOver: () => boolean, timeoutMs: number): Promise<void> {
    if (isOver()) return Promise.resolve()
    return new Promise((resolve) => {
      const waiter: Waiter = {
        isOver,
        done: () => {
          clearTimeout(timer)
          this.#waiters.delete(waiter)
          resolve()
        },
      }
      const timer = setTimeout(waiter.done, timeoutMs)
      this.#waiters.add(waiter)
    })
  }

  #isPending(): boolean {
    const { state } = this.#link.state
    return (state === 'connecting' || state === 'retrying') && !this.isSilent
  }

  #forget(): void {
    this.#generation += 1
    this.#held = undefined
    this.#examining = false
    this.#examineAgain = false
    this.#greetsSilently = false
    this.#examinedNs = Number.NEGATIVE_INFINITY
    clearTimeout(this.#giveUpTimer)
    clearTimeout(this.#handshakeTimer)
  }

  /** What does not happen tells as much as what does. */
  #watchSilence(event: SocketEvent): void {
    switch (event.type) {
      case 'connect':
        this.#awaitHandshake(handshakeWithinMs)
        return
      case 'handshake':
        clearTimeout(this.#handshakeTimer)
        return
      case 'handshake:error:other':
      case 'handshake:error:protocol':
        clearTimeout(this.#handshakeTimer)
        this.#examine()
        return
      case 'disconnect':
        clearTimeout(this.#handshakeTimer)
        this.#greetsSilently = false
        this.#awaitRetry()
        return
      case 'connect:retry':
        clearTimeout(this.#giveUpTimer)
        clearTimeout(this.#handshakeTimer)
        if (this.state.state === 'connecting' || this.state.state === 'retrying') this.#examine()
        return
      default:
    }
  }

  #awaitRetry(): void {
    clearTimeout(this.#giveUpTimer)
    const generation = this.#generation
    this.#giveUpTimer = setTimeout(() => {
      // When this process was held up, the retry may be waiting to be read.
      this.#giveUpTimer = setTimeout(() => {
        if (generation === this.#generation) this.#set(giveUp(this.#link, wallClock()))
      }, 1)
    }, retryWithinMs)
  }

  #awaitHandshake(withinMs: number): void {
    clearTimeout(this.#handshakeTimer)
    this.#handshakeTimer = setTimeout(() => {
      if (this.state.state !== 'ready') this.#examineNow()
    }, withinMs)
  }

  /** Examines the address, unless that was done a moment ago and explains the state. */
  #examine(): void {
    const { state } = this.#link
    const explained = state.state === 'rejected' || (state.state === 'retrying' && isAboutAddress(state.cause))
    const recently = monotonicNanoseconds() - this.#examinedNs < examineEveryMs * 1e6
    if (!recently || !explained) this.#examineNow()
  }

  #examineNow(): void {
    if (!this.#endpoint) return
    if (this.#examining) {
      this.#examineAgain = true
      return
    }
    this.#examining = true
    this.#examinedNs = monotonicNanoseconds()
    const generation = this.#generation
    // A source port of its own is in use by the connection that there is.
    const reach = { ipv6: this.#ipv6, anySourcePort: this.#link.connected }
    void examine(this.#endpoint, reach).then((examined) => {
      if (generation !== this.#generation) return
      this.#examining = false
      this.#learn(examined)
      if (!this.#examineAgain) return
      this.#examineAgain = false
      if (this.state.state !== 'ready' && this.#link.connected) this.#examineNow()
    })
  }

  #learn(examined: Examined): void {
    const { state } = this.#link.state
    if (state === 'ready' || state === 'stopped') return
    switch (examined.protocol) {
      case 'zmtp':
        this.#learnAnswer(examined.answer)
        return
      case 'none':
        this.#learnCause(examined.finding)
        return
      case 'unknown':
        this.#release()
    }
  }

  /** It speaks ZMTP: it may be no peer for this socket all the same. */
  #learnAnswer(answer: ProbeAnswer): void {
    const isOlder = answer.version?.startsWith('3.') === false && !answer.version.startsWith('ZWS')
    const cause = causeIn(this.#link, answer)
    if (!isOlder) this.#hasMet = true
    if (cause) {
      this.#held = undefined
      this.#set(found(this.#link, cause, wallClock()))
    } else if (isOlder) {
      if (this.#link.connected && !this.#link.failed) this.#set(findOlder(this.#link, wallClock()))
    } else if (this.#held) {
      this.#release()
    } else {
      this.#set(foundFitting(this.#link, wallClock()))
      this.#learnUnfinished()
    }
  }

  #learnCause(cause: Finding): void {
    // ZeroMQ is connected, so it is only the examination that could not: the peer takes no second connection.
    const silent = cause.diagnosis === 'silent-peer' || (this.#link.connected && isAboutAddress(cause))
    const told = !silent ? cause : this.#hasMet ? finding('peer-hangs', this.limits) : finding('silent-peer')
    this.#greetsSilently = silent && this.#link.connected && !this.#held
    this.#held = undefined
    this.#set(found(this.#link, told, wallClock()))
  }

  /** The peer speaks ZMTP 3: it may only be slow, so it gets more time before that is said. */
  #learnUnfinished(): void {
    if (!this.#link.connected || this.#link.failed) return
    const waitedMs = (monotonicNanoseconds() - this.#openedNs) / 1e6
    if (waitedMs < unfinishedAfterMs) this.#awaitHandshake(unfinishedAfterMs)
    else this.#set(found(this.#link, unfinished(this.#link), wallClock()))
  }

  #set(link: Link): void {
    if (link === this.#link) return
    const before = this.#link.state
    this.#link = link
    if (link.state === before) return
    this.changed(before)
    this.look()
  }
}
