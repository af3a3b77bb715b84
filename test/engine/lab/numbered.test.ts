import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Dealer, Reply, Router } from 'zeromq'
import { forkLab } from '../../../src/cli/lab-child.ts'
import { LabJob } from '../../../src/engine/lab/lab.ts'
import type { LoadSocketPlan } from '../../../src/engine/lab/load-socket.ts'
import {
  NumberedRequests,
  numberBytes,
  placeIn,
  timesUsedIn,
  writeNumber,
} from '../../../src/engine/lab/wire/numbered-requests.ts'
import { WireSocket } from '../../../src/engine/lab/wire/wire-socket.ts'
import type { LabSettings } from '../../../src/shared/lab/plan.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { builtModule } from '../../support/built.ts'
import { bytes } from '../../support/bytes.ts'
import { labSettings } from '../../support/lab.ts'
import { disorder, outOfOrderServer } from '../../support/out-of-order.ts'
import { recordingPipe } from '../../support/recording-pipe.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const frames = [bytes('one'), new Uint8Array(300)]

function open(endpoint: string, part: Partial<LoadSocketPlan> = {}): WireSocket {
  const socket = new WireSocket({
    endpoint,
    frames,
    inFlight: 4,
    options: defaultSocketOptions,
    timeoutMs: 5000,
    numbered: true,
    ...part,
  })
  onTestFinished(() => socket.close())
  return socket
}

/** Resolves with when the reply came. */
const exchange = (socket: WireSocket): Promise<number> =>
  new Promise((resolve, reject) => {
    socket.request({ replied: (_sentNs, doneNs) => resolve(doneNs), failed: reject })
  })

/** Gives each request to `answer`, which may send what it likes. */
async function serve(answer: (request: Buffer[], send: (message: Buffer[]) => Promise<void>) => Promise<void>) {
  const socket = new Router({ linger: 0 })
  onTestFinished(() => socket.close())
  await socket.bind('tcp://127.0.0.1:*')
  const loop = async () => {
    for await (const request of socket) await answer(request, (message) => socket.send(message))
  }
  // It ends when its socket is closed.
  loop().catch(() => undefined)
  return socket.lastEndpoint ?? ''
}

describe('numbered requests', () => {
  test('are told apart, whatever comes of them, and each is told of once', () => {
    const step = fc.oneof(fc.constant('send' as const), fc.nat(), fc.constantFrom('tell' as const, 'leave' as const))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 80, size: 'max' }), (most, steps) => {
        const requests = new NumberedRequests(most)
        const numbers: DataView[] = []
        const told: number[] = []
        const answered: number[] = []
        const left = new Set<number>()
        let reordered = 0
        let repeated = 0
        for (const each of steps) {
          if (each === 'send') {
            if (numbers.length - told.length - left.size === most) continue
            const mine = numbers.length
            const place = requests.add({ replied: () => told.push(mine), failed: () => expect.unreachable() })
            const number = new DataView(new ArrayBuffer(numberBytes))
            requests.writeNumber(place, number, 0)
            numbers.push(number)
          } else if (each === 'tell') {
            if (requests.answered > 0) requests.tellNext()
          } else if (each === 'leave') {
            const latest = Math.max(-1, ...answered)
            const leftOut = numbers.flatMap((_, index) =>
              index < latest && !answered.includes(index) && !left.has(index) ? [index] : [],
            )
            expect(requests.takeLeftOut(0)).toHaveLength(leftOut.length)
            for (const index of leftOut) left.add(index)
          } else {
            const index = numbers.length === 0 ? 0 : each % numbers.length
            const number = numbers[index]
            if (!number) continue
            const place = placeIn(number)
            const isUnknown = [...left].some((other) => {
              const later = numbers[other]
              return later !== undefined && placeIn(later) === place && other >= index
            })
            const expected = isUnknown ? 'late' : answered.includes(index) ? 'repeated' : 'answer'
            if (expected === 'repeated') repeated += 1
            if (expected === 'answer' && answered.some((other) => other > index)) reordered += 1
            expect(requests.answer(number)).toBe(expected)
            if (expected === 'answer') answered.push(index)
          }
        }
        expect(requests).toMatchObject({
          reordered,
          repeated,
          waiting: numbers.length - answered.length - left.size,
        })
        while (requests.answered > 0) requests.tellNext()
        expect(told).toEqual(answered)
        for (const listener of requests.takeWaiting()) listener.replied(0, 0)
        expect(told.slice(answered.length)).toEqual(
          numbers.map((_, index) => index).filter((index) => !answered.includes(index) && !left.has(index)),
        )
        expect(requests.waiting).toBe(0)
      }),
    )
  })

  test('with a number that was never sent are none of these', () => {
    const requests = new NumberedRequests(2)
    const number = new DataView(new ArrayBuffer(numberBytes))
    for (const [place, use] of [
      [0, 0],
      [0, 1],
      [2, 1],
      [0xffff, 0xffffffff],
    ] as const) {
      number.setUint16(0, place)
      number.setUint32(4, use)
      expect(requests.answer(number)).toBe('foreign')
    }
    expect(requests.waitedMs()).toBe(0)
  })

  test('have a number of which no bit is lost', () => {
    const view = new DataView(new ArrayBuffer(numberBytes))
    fc.assert(
      fc.property(
        fc.nat(2 ** 16 - 1),
        fc.maxSafeNat().map((use) => use % 2 ** 48),
        (place, use) => {
          writeNumber(view, 0, place, use)
          expect([placeIn(view), timesUsedIn(view)]).toEqual([place, use])
        },
      ),
    )
  })
})

describe('a DEALER that numbers its requests', () => {
  test('sends what one of libzmq sends for a message that begins with the number, and REP returns it', async () => {
    const server = new Reply({ linger: 0 })
    onTestFinished(() => server.close())
    await server.bind('tcp://127.0.0.1:*')
    const loop = async () => {
      for await (const request of server) await server.send(request)
    }
    loop().catch(() => undefined)
    const own = await recordingPipe(server.lastEndpoint ?? '')
    const socket = open(own.endpoint, { inFlight: 1 })
    await socket.connect()
    for (let made = 0; made < 3; made += 1) await exchange(socket)
    const theirs = await recordingPipe(server.lastEndpoint ?? '')
    const dealer = new Dealer({ linger: 0 })
    onTestFinished(() => dealer.close())
    dealer.connect(theirs.endpoint)
    for (let use = 1; use <= 3; use += 1) {
      await dealer.send([Buffer.from([0, 0, 0, 0, 0, 0, 0, use]), '', ...frames])
      expect(await dealer.receive()).toHaveLength(4)
    }
    const sent = ({ recorded }: typeof own) =>
      Buffer.concat(recorded.filter(({ from }) => from === 'client').map(({ bytes: said }) => said)).toString('latin1')
    expect(sent(own)).toBe(sent(theirs))
    expect(socket).toMatchObject({ reordered: 0, repeated: 0 })
  })

  test('takes a reply out of order for its own request, and counts it', async () => {
    const socket = open(await outOfOrderServer(onTestFinished))
    await socket.connect()
    const [one, two] = await Promise.all([exchange(socket), exchange(socket)])
    expect(two).toBeLessThan(one ?? 0)
    await Promise.all([exchange(socket), exchange(socket)])
    expect(socket.reordered).toBe(2)
    await expect.poll(() => socket.repeated).toBe(2)
  })

  test('counts a reply that comes again, also when none is waited for', async () => {
    const endpoint = await serve(async (request, send) => {
      for (let sent = 0; sent < 3; sent += 1) await send(request)
    })
    const socket = open(endpoint)
    await socket.connect()
    for (let made = 0; made < 3; made += 1) await exchange(socket)
    await expect.poll(() => socket.repeated).toBe(6)
    expect(socket.reordered).toBe(0)
  })

  test('goes on without a request that the peer left out, and takes its late reply for none', async () => {
    const seen: Buffer[][] = []
    const endpoint = await serve(async (request, send) => {
      seen.push(request)
      const [leftOut] = seen
      if (seen.length === 4 && leftOut) await send(leftOut)
      if (seen.length > 1) await send(request)
    })
    const socket = open(endpoint, { timeoutMs: 300 })
    await socket.connect()
    const [first, ...others] = await Promise.allSettled([exchange(socket), exchange(socket), exchange(socket)])
    expect(first).toMatchObject({ reason: { code: 'timeout' } })
    expect(others).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
    expect(socket.survives).toBe(true)
    await exchange(socket)
    expect(socket).toMatchObject({ reconnects: 0, reordered: 0, repeated: 0 })
  })

  test('ends its connection when nothing is answered any more', async () => {
    const endpoint = await serve(async () => undefined)
    const socket = open(endpoint, { timeoutMs: 300 })
    await socket.connect()
    const ends = await Promise.allSettled([exchange(socket), exchange(socket)])
    expect(ends).toMatchObject([{ reason: { code: 'timeout' } }, { reason: { code: 'request-lost' } }])
    expect(socket.survives).toBe(false)
  })

  test.each([
    ['another number', ([id, , ...rest]: Buffer[]) => [id, Buffer.from('8 bytes!'), ...rest]],
    ['no number', ([id, , ...rest]: Buffer[]) => [id, ...rest]],
    ['a shorter number', ([id, number, ...rest]: Buffer[]) => [id, number?.subarray(1), ...rest]],
  ] as const)('ends its connection when %s comes', async (_, change) => {
    const endpoint = await serve((request, send) => send(change(request).filter((part) => part !== undefined)))
    const socket = open(endpoint)
    await socket.connect()
    await expect(exchange(socket)).rejects.toMatchObject({ details: { diagnosis: 'reply-without-number' } })
  })

  function measured(part: Partial<LabSettings>) {
    const host = {
      fork: () => forkLab(pathToFileURL(builtModule('lab-process'))),
      versions: {},
      progress: () => undefined,
    }
    const settings = { ...labSettings, client: 'zmtp' as const, ...part }
    const job = new LabJob(host, { settings, frames, encodeNs: null }, 'a run')
    onTestFinished(() => void job.cancel())
    return job.result
  }

  test('tells of a run what its replies showed', async () => {
    const { steps, problem } = await measured({
      endpoint: await outOfOrderServer(onTestFinished),
      load: { model: 'closed', concurrency: 1, inFlight: 4, numbered: true },
      length: { by: 'count', requests: 200 },
    })
    expect(problem).toBe(null)
    expect(steps).toMatchObject([{ counts: { sent: 200, replied: 200 }, numbered: disorder }])
  })

  test('tells of a run what all of its workers saw', async () => {
    const { steps, workers } = await measured({
      endpoint: await outOfOrderServer(onTestFinished),
      load: { model: 'closed', concurrency: 2, inFlight: 4, numbered: true },
      length: { by: 'count', requests: 200 },
      workers: 2,
    })
    const all = workers.flatMap(({ parts }) => parts.map(({ result }) => result.numbered))
    expect(all).toHaveLength(2)
    const sum = (of: keyof typeof disorder) => all.reduce((total, each) => total + (each?.[of] ?? 0), 0)
    const numbered = { reordered: sum('reordered'), repeated: sum('repeated') }
    expect(steps).toMatchObject([{ counts: { sent: 200, replied: 200 }, numbered }])
    // A worker that is first at its end does not wait for whatever comes again after its last reply.
    expect(numbered.repeated).toBeGreaterThanOrEqual(disorder.repeated - 2)
  })

  test('loses one request where the server leaves one out, and no other', async () => {
    let seen = 0
    const endpoint = await serve(async (request, send) => {
      seen += 1
      if (seen !== 20) await send(request)
    })
    const { steps } = await measured({
      endpoint,
      load: { model: 'closed', concurrency: 1, inFlight: 4, numbered: true },
      length: { by: 'count', requests: 200 },
      timeoutMs: 1000,
    })
    expect(steps).toMatchObject([{ counts: { replied: 199, timedOut: 1, failed: 0 }, reconnects: 0 }])
  })

  test('does not count what the warm-up showed', async () => {
    const endpoint = await serve(async (request, send) => {
      for (let sent = 0; sent < 2; sent += 1) await send(request)
    })
    const { steps } = await measured({
      endpoint,
      load: { model: 'closed', concurrency: 1, inFlight: 2, numbered: true },
      length: { by: 'count', requests: 5 },
      warmUpMs: 300,
    })
    // Besides its own, of those that were under way when measuring began.
    expect(steps[0]?.numbered?.repeated).toBeLessThanOrEqual(5 + 2)
    expect(steps[0]?.counts).toMatchObject({ sent: 5, replied: 5 })
  })
})
