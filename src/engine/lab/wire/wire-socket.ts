import type { LoadSocket, LoadSocketPlan, RequestListener } from '../load-socket.ts'
import { WireClient } from './client.ts'
import { WireConnection } from './connection.ts'
import { closed } from './failures.ts'
import type { NotOpened, WireLinkPlan } from './link.ts'

/** A REQ or a DEALER that speaks ZMTP itself. */
export class WireSocket extends WireClient<WireConnection, LoadSocketPlan> implements LoadSocket {
  #present: WireConnection | undefined
  /** Of the connections before. */
  readonly #before = { reordered: 0, repeated: 0 }

  constructor(plan: LoadSocketPlan) {
    super(plan, plan.inFlight === undefined ? 'req' : 'dealer')
  }

  /**
   * What comes too late must not be taken for the next reply, so a failed exchange ends its connection; but a number says
   * what it is.
   */
  get survives(): boolean {
    return this.plan.numbered === true && this.link?.isOpen === true
  }

  get reordered(): number {
    return this.#before.reordered + (this.#present?.reordered ?? 0)
  }

  get repeated(): number {
    return this.#before.repeated + (this.#present?.repeated ?? 0)
  }

  request(listener: RequestListener): void {
    if (this.link) this.link.request(listener)
    else queueMicrotask(() => listener.failed(closed()))
  }

  protected start(link: WireLinkPlan, opened: (end: NotOpened | null) => void): WireConnection {
    const { timeoutMs, frames, inFlight = 1, numbered = false } = this.plan
    this.#count()
    const connection = new WireConnection({ ...link, frames, timeoutMs, inFlight, numbered }, opened)
    this.#present = connection
    return connection
  }

  #count(): void {
    this.#before.reordered = this.reordered
    this.#before.repeated = this.repeated
    this.#present = undefined
  }
}
