import type { LinkState } from '../shared/connection.ts'
import { idleLink, type Link, openingLink, reduceLink } from '../shared/diagnosis/link.ts'
import type { SocketEvent } from '../shared/diagnosis/socket-event.ts'
import { monotonicNanoseconds, wallClock } from './clock.ts'

interface Waiter {
  readonly done: () => void
  readonly timer: NodeJS.Timeout
}

/** The link of a connection's current socket: its state, how long connecting took, and who waits for it. */
export class LinkWatcher {
  #link: Link = idleLink
  #openedNs = 0
  #connectNs: number | null = null
  readonly #waiters = new Set<Waiter>()

  constructor(private readonly changed: () => void) {}

  get state(): LinkState {
    return this.#link.state
  }

  /** Nanoseconds from connect to the first handshake; null before it. */
  get connectNs(): number | null {
    return this.#connectNs
  }

  /** A socket is about to connect. */
  opening(): void {
    this.#openedNs = monotonicNanoseconds()
    this.#connectNs = null
    this.#set(openingLink(wallClock()))
  }

  closed(): void {
    this.#set(idleLink)
  }

  /** For transports without a handshake, where the first reply proves that a peer is there. */
  provenReady(): void {
    if (this.state.state !== 'ready') this.#set({ ...this.#link, state: { state: 'ready', since: wallClock() } })
  }

  event(event: SocketEvent): void {
    if (event.type === 'handshake' && this.#connectNs === null) {
      this.#connectNs = monotonicNanoseconds() - this.#openedNs
    }
    const next = reduceLink(this.#link, event, wallClock())
    if (next.state === this.#link.state) this.#link = next
    else this.#set(next)
  }

  /** Resolves when the link is ready, rejected or idle, or after `timeoutMs`; `state` then says which. */
  settled(timeoutMs: number): Promise<void> {
    if (this.#isSettled()) return Promise.resolve()
    return new Promise((resolve) => {
      const waiter: Waiter = {
        done: () => {
          clearTimeout(waiter.timer)
          this.#waiters.delete(waiter)
          resolve()
        },
        timer: setTimeout(() => waiter.done(), timeoutMs),
      }
      this.#waiters.add(waiter)
    })
  }

  #isSettled(): boolean {
    const { state } = this.#link.state
    return state === 'ready' || state === 'rejected' || state === 'idle'
  }

  #set(link: Link): void {
    this.#link = link
    this.changed()
    if (this.#isSettled()) for (const waiter of [...this.#waiters]) waiter.done()
  }
}
