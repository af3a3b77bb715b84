import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Router } from 'zeromq'
import { ClosedLoop } from '../../../src/engine/lab/closed-loop.ts'
import { withOwnRoutingId } from '../../../src/engine/lab/own-routing-id.ts'
import { stepsOf } from '../../../src/shared/lab/plan.ts'
import { utf8Length } from '../../../src/shared/utf8.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { bytes } from '../../support/bytes.ts'
import { labSettings } from '../../support/lab.ts'
import { tries } from '../../support/nightly.ts'

/** The ids by which a ROUTER knows the sockets of a run. It does not answer the first request of each. */
async function idsOfRun(routingId: string, concurrency: number): Promise<Set<string>> {
  const socket = new Router({ linger: 0 })
  onTestFinished(() => socket.close())
  await socket.bind('tcp://127.0.0.1:*')
  const ids = new Set<string>()
  const serve = async () => {
    for (let number = 0; ; number += 1) {
      const message = await socket.receive()
      ids.add(String(message[0]))
      if (number >= concurrency) await socket.send(message)
    }
  }
  // It ends when its socket is closed.
  serve().catch(() => undefined)
  const settings = {
    ...labSettings,
    endpoint: socket.lastEndpoint ?? '',
    options: { ...defaultSocketOptions, routingId },
    load: { model: 'closed' as const, concurrency },
    length: { by: 'count' as const, requests: 20 },
    timeoutMs: 200,
  }
  const [step] = stepsOf({ settings, frames: [bytes('x')], encodeNs: null })
  if (!step) throw new Error('a plan without a step')
  const result = await new ClosedLoop(settings, step).run()
  expect(result?.counts).toMatchObject({ timedOut: concurrency, replied: 20 - concurrency })
  return ids
}

test('each socket of a run has an id of its own, and so has the one that replaces it', async () => {
  const ids = [...(await idsOfRun('lab', 3))].sort()
  expect(ids).toHaveLength(6)
  for (const id of ids) expect(id).toMatch(/^lab-\d+$/)
})

describe('the id', () => {
  test('stays empty, for the peer to choose', () => {
    expect(withOwnRoutingId(defaultSocketOptions)).toEqual(defaultSocketOptions)
  })

  test('of any length is one that libzmq takes, and never the same', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '名', '👋'), minLength: 1, maxLength: 100 }),
        (routingId) => {
          const own = withOwnRoutingId({ ...defaultSocketOptions, routingId }).routingId
          expect(utf8Length(own)).toBeLessThanOrEqual(255)
          expect(seen.has(own)).toBe(false)
          seen.add(own)
        },
      ),
      tries(50, 1000),
    )
  })
})
