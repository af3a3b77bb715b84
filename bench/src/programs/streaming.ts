// streaming receive|send engine|log|zeromq.js ENDPOINT BYTES [LOG-FILE]: a PULL or a PUSH of the engine, without or with
// the log, or of bare zeromq.js. For each line, the number of messages of a round, answers how long it took to receive or
// send them, and how many entries the log has lost.
import { Pull, Push } from 'zeromq'
import { createEngine } from '../../../src/engine/engine.ts'
import type { SocketSpec } from '../../../src/shared/session/spec.ts'
import { linkOf } from '../../../src/shared/session/state.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { noSecurity } from '../../../src/shared/zmq/security.ts'
import { answerLines, argument } from '../support/answering.ts'
import { openLog } from '../support/log.ts'

const [direction, kind, endpoint, bytes] = [argument(0), argument(1), argument(2), Number(argument(3))]
const message = new Uint8Array(bytes)
const now = (): number => Number(process.hrtime.bigint())

interface Side {
  /** Resolves with the nanoseconds from the first message to the last. */
  round(count: number): Promise<number>
  lost(): number
}

async function bare(): Promise<Side> {
  const pull = new Pull()
  const push = new Push()
  if (direction === 'receive') pull.connect(endpoint)
  else push.connect(endpoint)
  return {
    async round(count) {
      if (direction === 'receive') await pull.receive()
      const start = now()
      for (let index = 1; index < count; index += 1) {
        if (direction === 'receive') await pull.receive()
        else await push.send(message)
        // As any program must that does something else, too.
        if (index % 256 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      return now() - start
    },
    lost: () => 0,
  }
}

async function engine(): Promise<Side> {
  const log = kind === 'log' ? openLog(argument(4)) : undefined
  /** Messages may come before the round is known here. */
  let received = 0
  let wanted = Number.POSITIVE_INFINITY
  let start = 0
  let done = (): void => undefined
  let changed = (): void => undefined
  const made = createEngine({
    emit: () => changed(),
    log: {
      append(record, number) {
        log?.append(record, number)
        if (record.kind !== 'message' || direction === 'send') return
        if (start === 0) start = now()
        received += 1
        if (received === wanted) done()
      },
      nextNumber: () => log?.nextNumber() ?? 1,
    },
  })
  const spec: SocketSpec = {
    pattern: direction === 'receive' ? 'pull' : 'push',
    attach: [{ how: 'connect', endpoint }],
    options: defaultSocketOptions,
    security: noSecurity,
    subscriptions: [],
    behaviour: null,
  }
  await made.open('one', spec)
  const session = made.session('one')
  await new Promise<void>((resolve) => {
    changed = () => {
      if (linkOf(session.state).state === 'ready') resolve()
    }
    changed()
  })
  return {
    async round(count) {
      if (direction === 'receive') {
        wanted = count
        await new Promise<void>((resolve) => {
          done = resolve
          if (received >= wanted) resolve()
        })
        const elapsed = now() - start
        start = 0
        received = 0
        return elapsed
      }
      const began = now()
      for (let index = 1; index < count; index += 1) {
        await made.send('one', [message], 10_000)
        if (index % 256 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      return now() - began
    },
    lost: () => (log?.status?.unlogged ?? 0) + (log?.status?.failedToWrite ?? 0),
  }
}

const side = await (kind === 'zeromq.js' ? bare() : engine())
process.stdout.write('ready\n')
await answerLines(async (line) => ({ elapsedNs: await side.round(Number(line)), lost: side.lost() }))
process.exit()
