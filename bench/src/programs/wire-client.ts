// wire-client ENDPOINT SOCKETS BYTES: the sockets of the lab that speak ZMTP themselves; each makes its next exchange as
// soon as its reply arrives. An input line is a number of exchanges, or `memory`.
import { monotonicNanoseconds } from '../../../src/engine/clock.ts'
import { WireSocket } from '../../../src/engine/lab/wire/wire-socket.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { answerLines, argument } from '../support/answering.ts'
import { readMemory } from '../support/memory.ts'
import { type Figures, figuresOf } from '../support/statistics.ts'

const endpoint = argument(0)
const frames = [new Uint8Array(Number(argument(2))).fill(120)]
const plan = { endpoint, options: defaultSocketOptions, timeoutMs: 10_000, frames }
const sockets = Array.from({ length: Number(argument(1)) }, () => new WireSocket(plan))
await Promise.all(sockets.map((socket) => socket.connect()))

function round(exchanges: number): Promise<Figures> {
  const samples = new Float64Array(exchanges)
  let started = 0
  let done = 0
  return new Promise((resolve, reject) => {
    const startNs = monotonicNanoseconds()
    for (const socket of sockets) {
      const next = () => {
        if (started >= exchanges) return
        started += 1
        socket.request(listener)
      }
      const listener = {
        replied: (sentNs: number, doneNs: number) => {
          samples[done] = doneNs - sentNs
          done += 1
          if (done === exchanges) resolve(figuresOf(samples, monotonicNanoseconds() - startNs))
          else next()
        },
        failed: reject,
      }
      next()
    }
  })
}

await answerLines(async (line) => (line === 'memory' ? readMemory() : round(Number(line))))
for (const socket of sockets) socket.close()
