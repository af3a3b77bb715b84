import type { MessageSocket, MessageSocketPlan, WriteListener } from '../message-socket.ts'
import { WireClient } from './client.ts'
import { closed } from './failures.ts'
import type { NotOpened, WireLinkPlan } from './link.ts'
import { messagesPerBatch } from './message-batch.ts'
import { PushLink } from './push-link.ts'

/** A PUSH that speaks ZMTP itself. */
export class WirePush extends WireClient<PushLink, MessageSocketPlan> implements MessageSocket {
  readonly mostMessages: number

  constructor(plan: MessageSocketPlan) {
    super(plan, 'push')
    this.mostMessages = messagesPerBatch(plan.frames)
  }

  write(messages: number, listener: WriteListener): void {
    if (this.link) this.link.write(messages, listener)
    else queueMicrotask(() => listener.failed(closed()))
  }

  async finish(limitMs: number): Promise<boolean> {
    return (await this.link?.finish(limitMs)) ?? false
  }

  protected start(link: WireLinkPlan, opened: (end: NotOpened | null) => void): PushLink {
    const { frames, stamp } = this.plan
    return new PushLink({ ...link, frames, ...(stamp && { stamp }) }, opened)
  }
}
