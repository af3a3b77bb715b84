import { TopicPages } from '../engine/topics/topic-page.ts'
import { TopicTree } from '../engine/topics/topic-tree.ts'
import { previewFrames } from '../shared/codecs/preview.ts'
import { formatCount, formatRate, formatSize } from '../shared/format.ts'
import type { Frame } from '../shared/message.ts'
import { shownTopic } from '../shared/topics/topic-text.ts'
import { escapeHidden } from './escape-hidden.ts'
import type { Printer } from './printer.ts'
import type { Reading } from './topic-options.ts'
import type { TopicTable } from './topic-table.ts'
import { summaryOf } from './topic-table.ts'

/** How often the table is drawn, and how often lines are printed where there is none. */
const drawEveryMs = 250
const printEveryMs = 1000

/** Where topics are printed. */
interface Output {
  readonly print: (text: string) => void
  /** Null where the output is no terminal. */
  readonly table: TopicTable | null
  readonly isJson: boolean
  /** Whether nobody takes the output any more. */
  readonly isOver: () => boolean
}

/**
 * Prints how many messages came of each topic: as a table on a terminal; otherwise a line each second for each topic that
 * had messages in it, its columns divided by tabs, or as JSON:
 *
 *     {"event":"topic","topic":"prices.eur","encoding":"text","count":12,"bytes":96,"rate":4,
 *      "at":"2024-02-29T12:34:56.790Z","value":"1.08"}
 *
 * `topic` is hex digits where `encoding` is `hex`; `bytes` are of all its messages; `rate` is messages a second; `at` is
 * when the last one came. `without` and `folded` of the line `topics`, the last of each second, are messages without a
 * topic, and topics that were let go because there were too many.
 */
export function topicsPrinter(
  { options, shown }: Reading & { readonly kind: 'topics' },
  base: Printer,
  output: Output,
): Printer {
  const tree = new TopicTree(options, shown.options)
  const pages = new TopicPages(tree)
  const preview = (frames: readonly Frame[], without: number): string => {
    const rest = frames.filter((_frame, place) => place !== without)
    return previewFrames(rest, shown.encoding === 'text' ? [] : rest.map(() => shown))
  }
  const { table } = output
  let received = 0
  const show = table
    ? () => table.draw(pages, Date.now(), preview)
    : plainLines(tree, pages, preview, output, () => received)
  let version = -1
  const showNews = () => {
    if (output.isOver() || !tree.changedSince(version, Date.now())) return
    version = tree.version
    show()
  }
  // Sockets keep the process alive.
  const timer = setInterval(showNews, table ? drawEveryMs : printEveryMs).unref()
  return {
    ...base,
    message(record) {
      if (record.kind !== 'message' || record.direction !== 'received') return
      received += 1
      tree.add(record, received)
    },
    decision(decision) {
      table?.erase()
      base.decision(decision)
    },
    close() {
      clearInterval(timer)
      if (!output.isOver()) show()
    },
  }
}

/** Prints each topic that had messages since it was called last. */
function plainLines(
  tree: TopicTree,
  pages: TopicPages,
  preview: (frames: readonly Frame[], without: number) => string,
  { print, isJson }: Output,
  received: () => number,
): () => void {
  let printed = 0
  const json = (line: object) => print(`${escapeHidden(JSON.stringify(line))}\n`)
  return () => {
    if (received() === printed) return
    const now = Date.now()
    for (const { topic, own, kept } of tree.topics) {
      if (own.record <= printed) continue
      const value =
        kept &&
        preview(
          kept.map((text) => Buffer.from(text, 'latin1')),
          tree.keyFrame,
        )
      const rate = own.rate(now)
      const { count, bytes } = own
      if (isJson) {
        const at = new Date(own.lastAt).toISOString()
        json({ event: 'topic', topic: topic.text, encoding: topic.encoding, count, bytes, rate, at, value })
        continue
      }
      const columns = [shownTopic(topic), formatCount(count), formatRate(rate), formatSize(bytes), value ?? '']
      print(`${columns.map(escapeHidden).join('\t')}\n`)
    }
    printed = received()
    const page = pages.page({ sort: 'name', descending: false, filter: '', parts: [], known: null }, { now, preview })
    if (!page) return
    const { topics, count, bytes, rate, without, folded } = page
    if (isJson) json({ event: 'topics', topics, count, bytes, rate, without, folded })
    else print(`${summaryOf(page)}\n`)
  }
}
