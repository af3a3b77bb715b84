import { TopicPages } from '../../../src/engine/topics/topic-page.ts'
import { TopicTree } from '../../../src/engine/topics/topic-tree.ts'
import { previewFrames } from '../../../src/shared/codecs/preview.ts'
import type { Frame } from '../../../src/shared/message.ts'
import { firstFrame } from '../../../src/shared/topics/key.ts'
import type { Bench } from '../bench.ts'
import type { Row } from '../support/report.ts'
import { spreadOf } from '../support/statistics.ts'

const messageBytes = 100
/** What a bound of a page is: the thread of the engine receives nothing meanwhile. */
const mostPageMs = 100

/** How many topics there are, and how many messages a second the tree must take at least, of what a SUB receives. */
const loads = [
  { topics: 100, atLeast: 500_000 },
  { topics: 100_000, atLeast: 100_000 },
] as const

const preview = (frames: readonly Frame[]): string => previewFrames(frames)

/** Adds messages to a tree, of each topic in turn, 20 µs apart. Returns the tree and how many it took a second. */
function fill(topics: number, messages: number, separator: string | null) {
  const all = Array.from({ length: topics }, (_, index) => [
    Buffer.from(`home/room${index % 100}/sensor${index}`),
    Buffer.alloc(messageBytes, index % 256),
  ])
  const tree = new TopicTree({ key: firstFrame, separator })
  const begun = performance.now()
  for (let index = 0; index < messages; index += 1) {
    tree.add({ at: index * 0.02, frames: all[index % topics] ?? [], envelope: 0 }, index)
  }
  return { tree, perSecond: (messages / (performance.now() - begun)) * 1000 }
}

function pageMs(tree: TopicTree, messages: number): number {
  const begun = performance.now()
  new TopicPages(tree).rows(
    { sort: 'rate', descending: true, filter: '' },
    { parent: 0, offset: 0, limit: 50 },
    { now: messages * 0.02, preview },
  )
  return performance.now() - begun
}

export const topics: Bench = {
  name: 'topics',
  about: 'messages into the tree of topics, and a page of 100,000 topics by their rate',
  needs: [],
  run: async ({ quick }) => {
    const [rounds, messages] = quick ? [3, 200_000] : [12, 1_000_000]
    const times = Array.from({ length: rounds })
    const rows = loads.map(
      ({ topics: count, atLeast }): Row => ({
        what: `${count.toLocaleString('en-US')} topics`,
        unit: 'perSecond',
        spread: spreadOf(times.map(() => fill(count, messages, '/').perSecond)),
        bound: { atLeast },
      }),
    )
    const { tree } = fill(100_000, messages, null)
    const spread = spreadOf(times.map(() => pageMs(tree, messages)))
    rows.push({ what: 'a page by rate', unit: 'ms', spread, bound: { atMost: mostPageMs } })
    return { rows, notes: [] }
  },
}
