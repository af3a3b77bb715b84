import { z } from 'zod'
import { echoServerId, echoServerSpec, requestSpec } from '../../../src/shared/session/spec.ts'
import { newFrame } from '../../../src/shared/workspace.ts'
import type { CountingWindow, Delivery } from './counting-window.ts'

const sessions = 32
const timeoutMs = 10_000
/** One frame of 64 bytes. */
const message = JSON.stringify([{ ...newFrame('flood'), text: 'x'.repeat(64) }])
const floodLimitMs = 60_000

export interface Flood extends Delivery {
  /** Exchanges of all sessions, according to the states that reached the window. */
  readonly exchanges: number
  /** Exchanges requested. */
  readonly asked: number
}

const boundSchema = z.object({ endpoints: z.tuple([z.object({ endpoint: z.string() })]) })
const repliesSchema = z.array(z.number())

/** Each flood names its sessions differently, so that their states count from the start. */
let floods = 0

/**
 * Sessions of the window make exchanges with its echo server, all at once and as fast as possible: every state
 * change passes through the engine and the event queue.
 */
export async function flood(window: CountingWindow, count: number): Promise<Flood> {
  floods += 1
  const spec = echoServerSpec('tcp://127.0.0.1:0')
  const [bound] = boundSchema.parse(await window.call('session.open', { sessionId: echoServerId, spec })).endpoints
  const ids = Array.from({ length: sessions }, (_, index) => `flood-${floods}-${index}`)
  for (const sessionId of ids) {
    await window.call('session.open', { sessionId, spec: requestSpec(bound.endpoint) })
  }
  let exchanges = 0
  const delivery = await window.count(async () => {
    await window.page.evaluate(
      `Promise.all(${JSON.stringify(ids)}.map((sessionId) => inspector.call('repeat.start',
        { sessionId, message: ${message}, timeoutMs: ${timeoutMs}, count: ${count}, intervalMs: 0 })))`,
    )
    const replies = await window.page.evaluate(`benchReplies(${JSON.stringify(ids)}, ${floodLimitMs})`)
    exchanges = repliesSchema.parse(replies).reduce((total, replied) => total + replied, 0)
  })
  for (const sessionId of ids) await window.call('session.remove', { sessionId })
  await window.call('session.close', { sessionId: echoServerId })
  return { ...delivery, exchanges, asked: count * sessions }
}
