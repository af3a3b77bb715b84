import type { Topic } from '../../shared/session/topic.ts'
import { Figures } from './figures.ts'
import type { KeptTopic } from './kept-topic.ts'

/** A level of the tree: what all topics below it begin with. The root has neither name nor parent. */
export class TopicNode {
  readonly figures = new Figures()
  /** By name; null where there are none: most nodes are leaves. */
  children: Map<string, TopicNode> | null = null
  /** The topic that is this very node; null where no message had it, or when it was let go. */
  topic: KeptTopic | null = null
  /** Whose message came last, of all below. */
  last: KeptTopic | null = null
  /** What was let go directly here, of which the figures still know. */
  readonly folded = { topics: 0, count: 0, bytes: 0 }
  isGone = false
  /** Of the last filter that let it through. */
  filter = 0
  /** Those of the children that are sorted, and those that came since. */
  #sorted: TopicNode[] = []
  #unsorted: TopicNode[] = []
  #hasGone = false

  constructor(
    readonly id: number,
    readonly parent: TopicNode | null,
    readonly name: string,
    readonly encoding: Topic['encoding'],
  ) {}

  child(name: string, encoding: Topic['encoding']): TopicNode | undefined {
    return this.children?.get(placeOf(name, encoding))
  }

  adopt(child: TopicNode): void {
    this.children ??= new Map()
    this.children.set(placeOf(child.name, child.encoding), child)
    this.#unsorted.push(child)
  }

  /** Lets a child go. What it counted stays in the figures of this node. */
  fold(child: TopicNode, topics: number): void {
    this.children?.delete(placeOf(child.name, child.encoding))
    if (this.children?.size === 0) this.children = null
    child.isGone = true
    this.#hasGone = true
    this.folded.topics += topics + child.folded.topics
    this.folded.count += child.figures.count
    this.folded.bytes += child.figures.bytes
  }

  /** The children, by their names. */
  get byName(): readonly TopicNode[] {
    if (this.#hasGone) {
      this.#sorted = this.#sorted.filter(({ isGone }) => !isGone)
      this.#unsorted = this.#unsorted.filter(({ isGone }) => !isGone)
      this.#hasGone = false
    }
    if (this.#unsorted.length === 0) return this.#sorted
    this.#unsorted.sort((one, other) => (comesBefore(one, other) ? -1 : 1))
    this.#sorted = this.#sorted.length === 0 ? this.#unsorted : merged(this.#sorted, this.#unsorted)
    this.#unsorted = []
    return this.#sorted
  }
}

/** A name that is hex digits differs from one that is text. */
const placeOf = (name: string, encoding: Topic['encoding']): string => (encoding === 'hex' ? `\0${name}` : name)

/** Text before bytes. No two children are equal. */
const comesBefore = (one: TopicNode, other: TopicNode): boolean =>
  one.encoding === other.encoding ? one.name < other.name : one.encoding === 'text'

function merged(some: readonly TopicNode[], others: readonly TopicNode[]): TopicNode[] {
  const all: TopicNode[] = []
  let place = 0
  for (const other of others) {
    for (let next = some[place]; next && comesBefore(next, other); next = some[place]) {
      all.push(next)
      place += 1
    }
    all.push(other)
  }
  for (; place < some.length; place += 1) {
    const next = some[place]
    if (next) all.push(next)
  }
  return all
}
