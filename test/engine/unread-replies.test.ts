import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Dealer, Router } from 'zeromq'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import { ReplySender } from '../../src/engine/sockets/reply-sender.ts'
import { UnreadReplies } from '../../src/engine/sockets/unread-replies.ts'
import { mebibytes } from '../../src/shared/settings.ts'
import type { NewRecord } from '../../src/shared/transcript/record.ts'
import { patternOf } from '../../src/shared/zmq/patterns.ts'
import { createHarness } from '../support/harness.ts'
import { serve, served } from '../support/sessions.ts'

vi.setConfig({ testTimeout: 30_000 })

function connect(
  endpoint: string,
  options: { receiveHighWaterMark?: number; receiveBufferSize?: number } = {},
): Dealer {
  const dealer = new Dealer({ linger: 0, sendHighWaterMark: 0, receiveHighWaterMark: 0, ...options })
  onTestFinished(() => dealer.close())
  dealer.connect(endpoint)
  return dealer
}

/** An engine whose log keeps nothing, so that only libzmq holds on to what was sent. */
function forgetful(): { engine: Engine; until(probe: () => boolean): Promise<void> } {
  let look = (): void => undefined
  const engine = createEngine({ emit: () => look(), log: { append: () => look() } })
  onTestFinished(() => engine.dispose())
  return {
    engine,
    until: (probe) =>
      new Promise((resolve) => {
        look = () => {
          if (probe()) resolve()
        }
        look()
      }),
  }
}

/** How many events an entry stands for. */
const timesOf = ({ detail }: NewRecord): number =>
  Number(/^([\d,]+) × in /.exec(detail ?? '')?.[1]?.replaceAll(',', '') ?? 1)

describe('replies that are not read', () => {
  test('are counted as sent or as dropped, and those counted as sent arrive', async () => {
    const { engine, entries, until } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    const dealer = connect(endpoint, { receiveHighWaterMark: 100, receiveBufferSize: 8192 })
    const body = Buffer.alloc(5000, 'x')
    const asked = 6000
    const begun = performance.now()
    for (let index = 0; index < asked; index += 1) await dealer.send(['', body])
    const { sent, dropped } = await until('all to be answered', () => {
      const state = served(engine)
      return state.sent + state.dropped === asked && state
    })
    expect(dropped).toBeGreaterThan(0)
    let arrived = 0
    for (; arrived < sent; arrived += 1) await dealer.receive()
    // A reply to a last request would come behind any other.
    await dealer.send(['', 'last'])
    expect((await dealer.receive()).map(String)).toEqual(['', 'last'])

    const replies = entries.filter(({ direction }) => direction === 'sent')
    expect(replies).toHaveLength(sent + 1)
    const drops = () => entries.filter(({ event }) => event === 'reply:dropped')
    const logged = () => drops().reduce((total, entry) => total + timesOf(entry), 0)
    await until('the dropped replies in the log', () => logged() === dropped)
    expect(drops()[0]).toMatchObject({ detail: 'reply dropped: the peer does not read' })
    // Twenty at once, then ten a second, and the sums.
    expect(drops().length).toBeLessThan(40 + (performance.now() - begun) / 100)
  })

  test('are bounded in bytes', async () => {
    const { engine, until } = forgetful()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    const dealer = connect(endpoint, { receiveHighWaterMark: 1, receiveBufferSize: 8192 })
    const body = Buffer.alloc(mebibytes(8))
    for (let index = 0; index < 60; index += 1) await dealer.send(['', body])
    await until(() => served(engine).sent + served(engine).dropped === 60)
    // 128 MiB, and what the two sides hold of the first few.
    expect(served(engine).sent).toBeLessThanOrEqual(20)
    expect(served(engine).sent).toBeGreaterThanOrEqual(15)
  })

  test('are not dropped for peers that read, however much they ask for at a time', async () => {
    const { engine } = forgetful()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    const dealer = connect(endpoint)
    const body = Buffer.alloc(mebibytes(4))
    let received = 0
    const reading = (async () => {
      for (; received < 100; received += 1) await dealer.receive()
    })()
    for (let index = 0; index < 100; index += 1) await dealer.send(['', body])
    await reading
    expect(served(engine)).toMatchObject({ sent: 100, dropped: 0 })
  })

  test('that fill all the room are looked at once for all peers, and again later', async () => {
    let now = 1000
    const unread = new UnreadReplies({ perPeerBytes: 1_000_000, inAllBytes: 1_500_000 }, () => now)
    const id = (name: string) => Buffer.from(name)
    const kept = [1_000_000, 500_000].map((size) => Buffer.alloc(size))
    kept.forEach((frame, index) => void unread.add(id(`stuck ${index}`), [frame]))
    expect(unread.hasRoom(id('reading'), 1000)).toBeUndefined()
    expect(await unread.makeRoom(id('reading'), 1000)).toBe(false)
    // Collecting garbage takes longer than answering, so it is not done for each message.
    expect(unread.hasRoom(id('reading'), 1000)).toBe(false)
    expect(unread.hasRoom(id('another'), 1000)).toBe(false)
    now += 200
    expect(unread.hasRoom(id('reading'), 1000)).toBeUndefined()
    // As long as it is used, it cannot be collected.
    expect(kept).toHaveLength(2)
  })

  test('name a peer that has gone', async () => {
    const router = new Router({ ...patternOf('router').always, linger: 0 })
    onTestFinished(() => router.close())
    await router.bind('tcp://127.0.0.1:0')
    const dealer = connect(router.lastEndpoint ?? '')
    await dealer.send(['', 'here'])
    const [routingId = Buffer.alloc(0)] = await router.receive()
    const replies = new ReplySender(router, () => router.closed, mebibytes(64), true)
    expect(await replies.send([routingId, Buffer.alloc(0), Buffer.from('to it')])).toBeNull()
    expect(await replies.send([Buffer.from('other'), Buffer.alloc(0), Buffer.from('lost')])).toBe('the peer has gone')
  })
})
