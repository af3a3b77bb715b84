import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Router } from 'zeromq'
import { Repeat, type RepeatPlan } from '../../src/engine/repeat.ts'
import { InspectorError } from '../../src/shared/errors.ts'
import type { Exchange } from '../../src/shared/message.ts'
import { echoServerId, requestSpec } from '../../src/shared/session/spec.ts'
import { linkOf, type RepeatProgress } from '../../src/shared/session/state.ts'
import { bytes, createHarness, type Harness } from '../support/harness.ts'
import { processorMs } from '../support/processor-time.ts'
import { ask, serve, served } from '../support/sessions.ts'

const basicPlan: RepeatPlan = { frames: [bytes('abc')], timeoutMs: 5000, count: 10, intervalMs: 0 }

const reply: Exchange = {
  at: 0,
  frames: [bytes('reply')],
  roundTripNs: 1,
  connectNs: null,
  first: false,
  difference: null,
  answersEarlier: false,
  request: 1,
  record: 2,
}

/** An open connection to an echo server. */
async function connected(): Promise<Harness> {
  const harness = createHarness()
  const { endpoint } = await serve(harness.engine, 'tcp://127.0.0.1:0')
  harness.engine.open('one', requestSpec(endpoint))
  return harness
}

const progressOf = ({ engine }: Harness): RepeatProgress | null => engine.session('one').state.repeat

const finished = (harness: Harness) => harness.until('the repeat to end', () => progressOf(harness)?.running === false)

/** What the longest of some turns of the event loop computed, in milliseconds. */
async function longestTurn(turns: number): Promise<{ max: number }> {
  let max = 0
  for (let turn = 0; turn < turns; turn += 1) {
    const start = processorMs()
    await new Promise<void>((resolve) => setTimeout(resolve, 1))
    max = Math.max(max, processorMs() - start)
  }
  return { max }
}

describe('a repeat', () => {
  test('makes the requested number of exchanges, and reports them', async () => {
    const harness = await connected()
    harness.engine.session('one').startRepeat({ ...basicPlan, count: 500 })
    expect(progressOf(harness)).toMatchObject({ running: true, sent: 0, total: 500, error: null, lastReplySize: null })
    await finished(harness)
    expect(progressOf(harness)).toMatchObject({
      running: false,
      sent: 500,
      replied: 500,
      timedOut: 0,
      lastReplySize: 3,
      error: null,
    })
    expect(served(harness.engine).sent).toBe(500)
    expect(harness.engine.session('one').latency.snapshot().summary).toMatchObject({ count: 500, timeouts: 0 })
    const told = harness.events.flatMap((event) => (event.type === 'session.changed' ? [event.state] : []))
    expect(told.at(-1)?.repeat).toMatchObject({ running: false, sent: 500 })
    const counts = told.flatMap(({ repeat }) => (repeat ? [repeat.sent] : []))
    expect(counts).toEqual([...counts].sort((left, right) => left - right))
    const numbers = told.map(({ seq }) => seq)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test('without a count goes on until it is stopped, and lets the last exchange finish', async () => {
    const harness = await connected()
    harness.engine.session('one').startRepeat({ ...basicPlan, count: null })
    await harness.until('some', () => served(harness.engine).sent > 100)
    harness.engine.session('one').stopRepeat()
    await finished(harness)
    const { sent = 0, replied, error } = progressOf(harness) ?? {}
    expect(replied).toBe(sent)
    expect(error).toBeNull()
    expect(served(harness.engine).sent).toBe(sent)
    await ask(harness.engine, 'one', [bytes('and on')], 5000)
  })

  test('starves neither timers nor other connections', async () => {
    const harness = await connected()
    const { engine } = harness
    const { endpoint } = served(engine)
    engine.open('two', requestSpec(endpoint))
    engine.session('one').startRepeat({ ...basicPlan, count: null })
    for (let turn = 0; turn < 10; turn += 1) {
      const { sent } = progressOf(harness) ?? { sent: 0 }
      await harness.until('the repeat to go on', () => (progressOf(harness)?.sent ?? 0) > sent)
      await new Promise<void>((resolve) => setTimeout(resolve))
      await ask(engine, 'two', [bytes('x')], 5000)
    }
    expect(progressOf(harness)?.running).toBe(true)
    engine.session('one').stopRepeat()
    await finished(harness)
  })

  test('sends no burst after a peer was silent, and counts what it skipped', async () => {
    const harness = createHarness()
    const router = new Router({ linger: 0 })
    onTestFinished(() => router.close())
    await router.bind('tcp://127.0.0.1:0')
    harness.engine.open('one', requestSpec(router.lastEndpoint ?? ''))
    harness.engine.session('one').startRepeat({ ...basicPlan, count: null, intervalMs: 20 })
    const silentMs = 1000
    await router.send(await router.receive())
    const held = await router.receive()
    const goesOnAt = performance.now() + silentMs
    await new Promise((resolve) => setTimeout(resolve, silentMs))
    await router.send(held)
    // In a burst, all that were due in the second of silence would come at once.
    for (let index = 0; index < 10; index += 1) await router.send(await router.receive())
    expect(performance.now() - goesOnAt).toBeGreaterThan(9 * 20 - 10)
    const { skipped = 0 } = progressOf(harness) ?? {}
    expect(skipped).toBeGreaterThanOrEqual(silentMs / 20 - 2)
    harness.engine.session('one').stopRepeat()
  })

  test('goes on when the session is asked to open an endpoint that cannot be', async () => {
    const harness = await connected()
    const session = harness.engine.session('one')
    session.startRepeat({ ...basicPlan, count: null })
    await expect(session.open(requestSpec('nonsense'))).rejects.toMatchObject({ code: 'invalid-endpoint' })
    const { sent } = served(harness.engine)
    await harness.until('more', () => served(harness.engine).sent > sent + 10)
    expect(progressOf(harness)?.running).toBe(true)
    session.stopRepeat()
    await harness.until('the end', () => progressOf(harness)?.running === false)
  })

  test('leaves turns to everything else when hundreds repeat', async () => {
    const harness = createHarness()
    const { engine } = harness
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    const ids = Array.from({ length: 150 }, (_, index) => `connection ${index}`)
    for (const id of ids) engine.open(id, requestSpec(endpoint))
    for (const id of ids) engine.session(id).startRepeat({ ...basicPlan, count: null })
    await harness.until('each to have its turns', () => served(engine).sent > 50 * ids.length)
    expect(engine.list().filter(({ repeat }) => repeat && repeat.sent < 10)).toEqual([])
    const { max } = await longestTurn(20)
    expect(max).toBeLessThan(250)
    for (const id of ids) engine.session(id).stopRepeat()
    await harness.until('all to end', () => engine.list().every(({ repeat }) => !repeat?.running))
  })

  test('counts timeouts and goes on', async () => {
    const harness = createHarness()
    const router = new Router({ linger: 0 })
    onTestFinished(() => router.close())
    await router.bind('tcp://127.0.0.1:0')
    harness.engine.open('one', requestSpec(router.lastEndpoint ?? ''))
    harness.engine.session('one').startRepeat({ ...basicPlan, count: 3, timeoutMs: 100 })
    await finished(harness)
    expect(progressOf(harness)).toMatchObject({ sent: 3, replied: 0, timedOut: 3, error: null, lastReplySize: null })
    expect(harness.engine.session('one').latency.snapshot().summary).toMatchObject({ count: 0, timeouts: 3 })
  })

  test('ends with any other failure, and keeps it', async () => {
    const harness = await connected()
    const { endpoint } = served(harness.engine)
    await harness.engine.close(echoServerId)
    await harness.until('the link to be lost', () => linkOf(harness.engine.session('one').state).state === 'retrying')
    harness.engine.session('one').startRepeat({ ...basicPlan, timeoutMs: 100 })
    await finished(harness)
    expect(progressOf(harness)).toMatchObject({ sent: 0, replied: 0, timedOut: 0, error: { code: 'unreachable' } })
    await serve(harness.engine, endpoint)
    harness.engine.session('one').startRepeat({ ...basicPlan, timeoutMs: 5000 })
    await finished(harness)
    expect(progressOf(harness)).toMatchObject({ sent: 10, replied: 10, error: null })
  })

  test.each<[string, (harness: Harness) => void]>([
    ['closing', ({ engine }) => engine.close('one')],
    ['cancelling', ({ engine }) => engine.session('one').cancel()],
  ])('is ended by %s without a failure', async (_what, end) => {
    const harness = await connected()
    harness.engine.session('one').startRepeat({ ...basicPlan, count: null })
    await harness.until('some', () => served(harness.engine).sent > 10)
    end(harness)
    await finished(harness)
    expect(progressOf(harness)).toMatchObject({ running: false, error: null })
  })

  test('prevents other sends', async () => {
    const harness = await connected()
    const connection = harness.engine.session('one')
    connection.startRepeat({ ...basicPlan, count: null })
    await expect(connection.send([bytes('x')], 1000)).rejects.toMatchObject({ code: 'wrong-state' })
    const busy = expect.objectContaining({ code: 'wrong-state' })
    expect(() => connection.startRepeat(basicPlan)).toThrow(busy)
    connection.stopRepeat()
    await finished(harness)
    const pending = connection.send([bytes('x')], 5000)
    expect(() => connection.startRepeat(basicPlan)).toThrow(busy)
    await pending
  })

  test('needs an open connection', () => {
    const closed = expect.objectContaining({ code: 'closed' })
    expect(() => createHarness().engine.session('one').startRepeat(basicPlan)).toThrow(closed)
  })
})

describe('the pace of a repeat', () => {
  test('keeps the interval between sends from the one that came late on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance', 'hrtime'] })
    onTestFinished(() => void vi.useRealTimers())
    const start = performance.now()
    const sentAt: number[] = []
    const exchange = async () => {
      sentAt.push(performance.now() - start)
      // One slow reply: what was due meanwhile is skipped, and the next send begins a new schedule.
      if (sentAt.length === 2) await new Promise<void>((resolve) => setTimeout(resolve, 50))
      return reply
    }
    const repeat = new Repeat({ ...basicPlan, count: 6, intervalMs: 20 }, exchange, () => undefined)
    const running = repeat.run()
    await vi.advanceTimersByTimeAsync(1000)
    await running
    expect(sentAt).toEqual([0, 20, 70, 90, 110, 130])
    expect(repeat.progress).toMatchObject({ sent: 6, skipped: 1 })
  })

  test('can be cancelled during a pause of a day', async () => {
    const stopped = new Repeat(
      { ...basicPlan, intervalMs: 86_400_000 },
      async () => reply,
      () => {
        if (stopped.progress.sent === 1) setImmediate(() => stopped.stop())
      },
    )
    await stopped.run()
    expect(stopped.progress).toMatchObject({ running: false, sent: 1, replied: 1, error: null })
  })

  test('stopped before it runs sends nothing', async () => {
    const repeat = new Repeat(
      basicPlan,
      () => Promise.reject(new InspectorError('internal', 'sent')),
      () => undefined,
    )
    repeat.stop()
    await repeat.run()
    expect(repeat.progress).toMatchObject({ running: false, sent: 0, error: null })
  })
})

describe('a repeat that holds a rate', () => {
  /** Makes 50 exchanges, 2 ms apart, of which the first holds everything up for 20 ms. */
  async function heldUp(catchesUp: boolean): Promise<RepeatProgress> {
    let isFirst = true
    const exchange = async (): Promise<null> => {
      const end = performance.now() + (isFirst ? 20 : 0)
      isFirst = false
      while (performance.now() < end);
      return null
    }
    const repeat = new Repeat({ ...basicPlan, count: 50, intervalMs: 2, catchesUp }, exchange, () => undefined)
    await repeat.run()
    return repeat.progress
  }

  test('sends at once what is late, and skips nothing', async () => {
    expect(await heldUp(true)).toMatchObject({ sent: 50, skipped: 0 })
  })

  test('differs from one that keeps an interval, which skips what is late', async () => {
    expect((await heldUp(false)).skipped).toBeGreaterThan(5)
  })
})
