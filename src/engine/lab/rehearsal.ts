import { once } from 'node:events'
import { createServer } from 'node:net'
import { fillerFrame, type LabSettings } from '../../shared/lab/plan.ts'
import { wholeShare } from '../../shared/lab/share.ts'
import { defaultSocketOptions } from '../../shared/zmq/options.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { toFailure } from '../failures.ts'
import type { Metronome } from './metronome.ts'
import { OpenLoop } from './open-loop.ts'
import { identityOf } from './wire/client.ts'
import { EchoLink } from './wire/echo-link.ts'

const load = { model: 'open', ratePerSecond: 20_000 } as const
const requests = 10_000
/** Where the machine does not make so many in time, fewer have to do. */
const mostMs = 1000
/** How often the progress is computed, so that this is compiled, too. */
const looks = 200

interface Echo {
  readonly endpoint: string
  stop(): void
}

/** An echo in this process, on a free port of loopback. Throws `InspectorError`. */
async function startEcho(): Promise<Echo> {
  const options = defaultSocketOptions
  const identity = identityOf('router', options)
  const server = createServer((socket) => new EchoLink({ address: socket, identity, options }, () => undefined))
  try {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  } catch (thrown) {
    throw toFailure(thrown)
  }
  // What it cannot accept any more, for want of descriptors, the load does without.
  server.on('error', () => undefined)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { endpoint: `tcp://127.0.0.1:${port}`, stop: () => void server.close() }
}

/**
 * Makes a load against an echo in this process. V8 compiles what runs often, on threads of its own: where they meet the
 * thread that sends, requests go out some milliseconds late. Afterwards most of that is done, however few requests the
 * run itself makes. Takes half a second, and a second at the most. `started` is given how to end it at once. Throws
 * `InspectorError` where it cannot be made.
 */
export async function rehearse(metronome: Metronome, started: (cancel: () => void) => void): Promise<void> {
  const echo = await startEcho()
  try {
    const settings: LabSettings = {
      endpoint: echo.endpoint,
      options: defaultSocketOptions,
      security: { kind: 'none' },
      client: 'zmtp',
      load,
      length: { by: 'count', requests },
      warmUpMs: 0,
      timeoutMs: 5000,
      sweep: null,
      workers: 1,
    }
    const loop = new OpenLoop(settings, { at: null, load, frames: [fillerFrame(64)] }, metronome, wholeShare)
    let isCancelled = false
    started(() => {
      isCancelled = true
      loop.cancel()
    })
    const limit = setTimeout(() => loop.cancel(), mostMs)
    await loop.run().finally(() => clearTimeout(limit))
    if (isCancelled) return
    for (let look = 0; look < looks; look += 1) {
      const nowNs = monotonicNanoseconds()
      loop.recorder?.figures(nowNs)
      loop.recorder?.live(nowNs)
    }
  } finally {
    echo.stop()
  }
}
