// engine-client ENDPOINT SOCKETS BYTES [LOG-FILE [SERVER-KEY]]: the engine; each connection sends its next message as soon
// as the reply arrives. With a file that is not `-`, everything is logged; with a key, CURVE is used. An input line is a
// number of exchanges, or `memory`.
import { createEngine } from '../../../src/engine/engine.ts'
import { requestSpec } from '../../../src/shared/session/spec.ts'
import { noSecurity, type Security } from '../../../src/shared/zmq/security.ts'
import { answerLines, argument } from '../support/answering.ts'
import { timeRound } from '../support/exchange-round.ts'
import { openLog } from '../support/log.ts'
import { readMemory } from '../support/memory.ts'

const timeoutMs = 10_000

const endpoint = argument(0)
const ids = Array.from({ length: Number(argument(1)) }, (_, index) => `session-${index}`)
const frames = [new Uint8Array(Number(argument(2))).fill(120)]
const [logFile = '-', serverKey] = process.argv.slice(5)

const log = logFile === '-' ? undefined : openLog(logFile)
const engine = createEngine({ emit: () => undefined, log: log ?? { append: () => undefined } })
const security: Security = serverKey === undefined ? noSecurity : { ...noSecurity, kind: 'curve-client', serverKey }
for (const id of ids) await engine.open(id, { ...requestSpec(endpoint), security })

const exchanges = ids.map((id) => async () => (await engine.send(id, frames, timeoutMs))?.roundTripNs ?? Number.NaN)
await answerLines(async (line) => {
  if (line === 'memory') return readMemory()
  const figures = await timeRound(exchanges, Number(line))
  // Pending writes must not take processor time from the next side.
  await log?.flush()
  return figures
})
await engine.dispose()
await log?.close()
