// find FOLDER RECORDS: a log with so many messages, half of them JSON and half MessagePack, of some 100 bytes. An input
// line is the text of a search, which is counted to the end; meanwhile others are written, one after the other.
import { join } from 'node:path'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { codecs } from '../../../src/shared/codecs/index.ts'
import type { LogFilter } from '../../../src/shared/transcript/query.ts'
import type { NewRecord } from '../../../src/shared/transcript/record.ts'
import { answerLines, argument } from '../support/answering.ts'
import { openLog } from '../support/log.ts'

const messagesPerTurn = 500
/** How often something is written during a search. */
const writtenEveryMs = 20

const records = Number(argument(1))
const log = openLog(join(argument(0), 'find.sqlite'), 4 * 1024 ** 3)

function message(index: number): NewRecord {
  const price = index % 10_000
  const text = `{"symbol":"EURUSD","price":${price / 100},"size":100,"items":[{"qty":${price},"price":2}],"venue":"LMAX"}`
  const encoding = index % 2 === 0 ? 'json' : 'messagepack'
  return {
    at: Date.now(),
    kind: 'message',
    direction: 'received',
    session: 'socket',
    name: 'tcp://127.0.0.1:5555',
    frames: [Buffer.from('prices.eur'), codecs[encoding].encode(text)],
    envelope: 0,
    exchange: null,
    roundTripNs: null,
    origin: null,
    event: null,
    detail: null,
  }
}

for (let index = 0; index < records; index += 1) {
  log.append(message(index))
  if (index % messagesPerTurn === 0) await nextTurn()
  // What waits for the disk is bounded.
  if (index % 100_000 === 0) await log.flush()
}
await log.flush()

/** Writes until the search has ended. Resolves with the longest time that something took to be in the file. */
async function writeUntil(hasEnded: () => boolean): Promise<number> {
  let longest = 0
  while (!hasEnded()) {
    const begun = performance.now()
    log.append(message(1))
    await log.flush()
    longest = Math.max(longest, performance.now() - begun)
    await delay(writtenEveryMs)
  }
  return longest
}

await answerLines(async (text) => {
  const filter: LogFilter = { text, kind: 'message', hides: [], session: null }
  let hasEnded = false
  const writing = writeUntil(() => hasEnded)
  const begun = performance.now()
  let count = await log.count({ filter })
  while (count.isPartial) count = await log.count({ filter })
  const elapsedMs = performance.now() - begun
  hasEnded = true
  return { matching: count.matching, elapsedMs, longestWriteMs: await writing }
})
await log.close()
