// zeromq-client ENDPOINT SOCKETS BYTES [- SERVER-KEY]: the plain loop that zeromq.js users write, with the engine's clock,
// and with CURVE where there is a key. An input line is a number of exchanges, or `memory`.
import { curveKeyPair, Request } from 'zeromq'
import { monotonicNanoseconds } from '../../../src/engine/clock.ts'
import { answerLines, argument } from '../support/answering.ts'
import { timeRound } from '../support/exchange-round.ts'
import { readMemory } from '../support/memory.ts'

function securityOf(curveServerKey: string | undefined) {
  if (curveServerKey === undefined) return {}
  const { publicKey, secretKey } = curveKeyPair()
  return { curveServerKey, curvePublicKey: publicKey, curveSecretKey: secretKey }
}

const endpoint = argument(0)
const serverKey = process.argv[6]
const sockets = Array.from({ length: Number(argument(1)) }, () => new Request({ linger: 0, ...securityOf(serverKey) }))
const frame = new Uint8Array(Number(argument(2))).fill(120)
for (const socket of sockets) socket.connect(endpoint)

const exchanges = sockets.map((socket) => async () => {
  const start = monotonicNanoseconds()
  await socket.send(frame)
  await socket.receive()
  return monotonicNanoseconds() - start
})
await answerLines((line) => (line === 'memory' ? readMemory() : timeRound(exchanges, Number(line))))
for (const socket of sockets) socket.close()
