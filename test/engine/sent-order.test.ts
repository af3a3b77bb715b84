import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { forkLab } from '../../src/cli/lab-child.ts'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import { startEcho } from '../../src/engine/lab/lab.ts'
import { SentOrder } from '../../src/engine/sent-order.ts'
import type { SocketSpec } from '../../src/shared/session/spec.ts'
import type { Timing } from '../../src/shared/session/timing.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { noSecurity } from '../../src/shared/zmq/security.ts'
import { builtModule } from '../support/built.ts'
import { bytes } from '../support/bytes.ts'

const timing: Timing = { match: 'position', frame: 0, repliesOn: null }

/** A DEALER of an echo in another process, which may answer while this one still sends. */
const dealerTo = (endpoint: string): SocketSpec => ({
  pattern: 'dealer',
  attach: [{ how: 'connect', endpoint }],
  options: defaultSocketOptions,
  security: noSecurity,
  subscriptions: [],
  behaviour: null,
})

async function echo(): Promise<string> {
  const { endpoint, stop } = await startEcho(() => forkLab(pathToFileURL(builtModule('lab-process'))))
  onTestFinished(stop)
  return endpoint
}

interface Numbered {
  readonly engine: Engine
  readonly sent: number[]
  readonly received: number[]
  /** Resolves when so many messages have come. */
  arrived(count: number): Promise<void>
}

/** An engine, and the numbers of the records of its messages. */
function numbered(): Numbered {
  const sent: number[] = []
  const received: number[] = []
  let look = (): void => undefined
  const engine = createEngine({
    emit: () => undefined,
    log: {
      append({ direction }, number) {
        if (direction === 'sent') sent.push(number)
        if (direction === 'received') received.push(number)
        look()
      },
    },
  })
  onTestFinished(() => engine.dispose())
  const arrived = (count: number) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (received.length === count) resolve()
      }
      look()
    })
  return { engine, sent, received, arrived }
}

test('a message is numbered before its answer, however quick that is', async () => {
  const { engine, sent, received, arrived } = numbered()
  await engine.open('one', dealerTo(await echo()))
  for (let count = 1; count <= 300; count += 1) {
    await engine.send('one', [bytes('x')], 10_000)
    await arrived(count)
  }
  expect(sent.filter((number, index) => number >= (received[index] ?? 0))).toEqual([])
  expect(new Set([...sent, ...received]).size).toBe(600)
})

test('a message that waits for its peer is numbered before its answer, too, and waits for none twice', async () => {
  const endpoint = await echo()
  for (let round = 0; round < 40; round += 1) {
    const { engine, sent, received, arrived } = numbered()
    await engine.open('one', dealerTo(endpoint), timing)
    // At once: nobody is connected yet.
    await engine.send('one', [bytes('x')], 10_000)
    await arrived(1)
    expect(sent[0]).toBeLessThan(received[0] ?? 0)
    expect(engine.session('one').state.roundTrips).toMatchObject({ waiting: 0, unmatched: 0 })
    await engine.dispose()
  }
})

test('the number is that before the first of several answers, and none of what came before it was sent', () => {
  let next = 1
  const log = { append: () => undefined, keep: () => 0, reserve: () => next++, ready: () => undefined }
  const order = new SentOrder(() => log)
  order.begin()
  order.tries()
  order.received()
  const other = log.reserve()
  order.tries()
  order.received()
  const first = log.reserve()
  order.received()
  const second = log.reserve()
  const number = order.end()
  expect(other < number && number < first && first < second).toBe(true)
  order.received()
  order.begin()
  expect(order.end()).toBe(0)
})
