import { z } from 'zod'
import { defaultConnectionOptions } from '../../../src/shared/connection.ts'
import { newFrame } from '../../../src/shared/workspace.ts'
import type { CountingWindow, Delivery } from './counting-window.ts'

const connections = 32
const timeoutMs = 10_000
/** One frame of 64 bytes. */
const message = JSON.stringify([{ ...newFrame('flood'), text: 'x'.repeat(64) }])
const floodLimitMs = 60_000

export interface Flood extends Delivery {
  /** Exchanges of all connections, according to the states that reached the window. */
  readonly exchanges: number
  /** Exchanges requested. */
  readonly asked: number
}

const listeningSchema = z.object({ endpoint: z.string() })
const repliesSchema = z.array(z.number())

/** Each flood names its connections differently, so that their states count from the start. */
let floods = 0

/**
 * Connections of the window make exchanges with its echo server, all at once and as fast as possible: every state
 * change passes through the engine and the event queue.
 */
export async function flood(window: CountingWindow, count: number): Promise<Flood> {
  floods += 1
  const { endpoint } = listeningSchema.parse(await window.call('server.start', { endpoint: 'tcp://127.0.0.1:0' }))
  const ids = Array.from({ length: connections }, (_, index) => `flood-${floods}-${index}`)
  for (const connectionId of ids) {
    await window.call('connection.open', { connectionId, endpoint, options: defaultConnectionOptions })
  }
  let exchanges = 0
  const delivery = await window.count(async () => {
    await window.page.evaluate(
      `Promise.all(${JSON.stringify(ids)}.map((connectionId) => inspector.call('repeat.start',
        { connectionId, message: ${message}, timeoutMs: ${timeoutMs}, count: ${count}, intervalMs: 0 })))`,
    )
    const replies = await window.page.evaluate(`benchReplies(${JSON.stringify(ids)}, ${floodLimitMs})`)
    exchanges = repliesSchema.parse(replies).reduce((total, replied) => total + replied, 0)
  })
  for (const connectionId of ids) await window.call('connection.remove', { connectionId })
  await window.call('server.stop', undefined)
  return { ...delivery, exchanges, asked: count * connections }
}
