import type { Frame } from '../../shared/message.ts'
import type { Topic } from '../../shared/session/topic.ts'
import type {
  TopicPage,
  TopicPart,
  TopicQuery,
  TopicRow,
  TopicRows,
  TopicSort,
  TopicView,
} from '../../shared/topics/page.ts'
import { shownTopic } from '../../shared/topics/topic-text.ts'
import type { TopicNode } from './node.ts'
import { rankedPlaces } from './ranked.ts'
import type { TopicTree } from './topic-tree.ts'

/** A message on one line, without the frame at `without`, if any. */
export type Preview = (frames: readonly Frame[], without: number) => string

/** When it is asked, in milliseconds since the epoch, and how messages are shown. */
export interface Asked {
  readonly now: number
  readonly preview: Preview
}

/** What rows are sorted by, so that the least comes first. */
const numberOf: Readonly<Record<Exclude<TopicSort, 'name'>, (node: TopicNode, now: number) => number>> = {
  rate: ({ figures }, now) => figures.rate(now),
  size: ({ figures }) => figures.bytes,
  age: ({ figures }) => -figures.lastAt,
  count: ({ figures }) => figures.count,
}

/** Grows with each filter, over all trees. */
let lastFilter = 0

/** Answers what a window asks about a tree. */
export class TopicPages {
  #filter = { text: '', shape: -1, mark: 0 }

  constructor(private readonly tree: TopicTree) {}

  /** Parts of the tree; null when nothing changed since the version that is known. */
  page({ parts, known, ...view }: TopicQuery, { now, preview }: Asked): TopicPage | null {
    const { tree } = this
    if (known !== null && !tree.changedSince(known, now)) return null
    const { without, root } = tree
    return {
      version: tree.version,
      separator: tree.separator,
      topics: tree.size,
      count: root.figures.count + without.count,
      bytes: root.figures.bytes + without.bytes,
      rate: root.figures.rate(now),
      folded: { ...tree.folded },
      without: { ...without },
      parts: parts.map((part) => this.rows(view, part, { now, preview })),
    }
  }

  /** Some of what is directly below a node. */
  rows({ sort, descending, filter }: TopicView, { parent, offset, limit }: TopicPart, asked: Asked): TopicRows {
    const node = this.tree.node(parent)
    if (!node) return { parent, total: 0, isGone: true, rows: [], folded: { topics: 0, count: 0, bytes: 0 } }
    const mark = this.#mark(filter)
    const all = this.#children(node, mark)
    const some =
      sort === 'name'
        ? namedSlice(all, descending, offset, limit)
        : rankedPlaces(numbersOf(all, numberOf[sort], asked.now), descending, offset, offset + limit).flatMap(
            (place) => all[place] ?? [],
          )
    const rows = some.map((each) => this.#row(each, mark, asked))
    return { parent, total: all.length, isGone: false, rows, folded: { ...node.folded } }
  }

  /** The nodes to open so that all below a node is seen, those near it first, and no more than `limit`. */
  expand(parent: number, filter: string, limit: number): readonly number[] {
    const mark = this.#mark(filter)
    const from = this.tree.node(parent)
    const opened: TopicNode[] = from?.children ? [from] : []
    for (let place = 0; place < opened.length && opened.length < limit; place += 1) {
      for (const child of opened[place]?.byName ?? []) {
        if (child.children && (mark === 0 || child.filter === mark)) opened.push(child)
        if (opened.length === limit) break
      }
    }
    return opened.map(({ id }) => id)
  }

  #children(node: TopicNode, mark: number): readonly TopicNode[] {
    return mark === 0 ? node.byName : node.byName.filter(({ filter }) => filter === mark)
  }

  /** Marks what a filter lets through, with all above it; 0 where there is none. */
  #mark(text: string): number {
    if (text === '') return 0
    const { shape } = this.tree
    if (this.#filter.text === text && this.#filter.shape === shape) return this.#filter.mark
    lastFilter += 1
    const mark = lastFilter
    const wanted = text.toLowerCase()
    for (const { topic, node } of this.tree.topics) {
      if (!shownTopic(topic).toLowerCase().includes(wanted)) continue
      for (let each: TopicNode | null = node; each && each.filter !== mark; each = each.parent) each.filter = mark
    }
    this.#filter = { text, shape, mark }
    return mark
  }

  #row(node: TopicNode, mark: number, { now, preview }: Asked): TopicRow {
    const { figures, topic, last } = node
    const { count, bytes, lastAt, changedAt, record } = figures
    return {
      id: node.id,
      name: shownTopic({ encoding: node.encoding, text: node.name }),
      topic: topic?.topic ?? this.#prefix(node),
      isTopic: topic !== null,
      isCut: topic?.isCut ?? false,
      children: mark === 0 ? (node.children?.size ?? 0) : this.#children(node, mark).length,
      count,
      bytes,
      rate: figures.rate(now),
      lastAt,
      changedAt,
      record,
      previous: last && last.own.previous > 0 ? last.own.previous : null,
      value: last?.kept ? preview(last.kept.map(bytesOfText), this.tree.keyFrame) : null,
    }
  }

  /** What all topics below a node begin with. */
  #prefix(node: TopicNode): Topic {
    const names: string[] = []
    for (let each = node; each.parent; each = each.parent) names.push(each.name)
    return { encoding: node.encoding, text: names.reverse().join(this.tree.separator ?? '') }
  }
}

const bytesOfText = (text: string): Frame => Buffer.from(text, 'latin1')

function numbersOf(
  nodes: readonly TopicNode[],
  numberOfOne: (node: TopicNode, now: number) => number,
  now: number,
): Float64Array {
  const numbers = new Float64Array(nodes.length)
  // Many times as fast as Float64Array.from.
  for (const [place, node] of nodes.entries()) numbers[place] = numberOfOne(node, now)
  return numbers
}

function namedSlice(nodes: readonly TopicNode[], descending: boolean, offset: number, limit: number): TopicNode[] {
  if (!descending) return nodes.slice(offset, offset + limit)
  const end = Math.max(0, nodes.length - offset)
  return nodes.slice(Math.max(0, end - limit), end).reverse()
}
