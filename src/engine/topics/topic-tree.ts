import type { CodecOptions } from '../../shared/codecs/codec.ts'
import { type Frame, sizeOf } from '../../shared/message.ts'
import { suggestedSeparator, type TopicOptions } from '../../shared/topics/key.ts'
import { rootNode } from '../../shared/topics/page.ts'
import { suggestSeparator } from '../../shared/topics/separator.ts'
import { levelsOf, maximumKeyBytes, topicOf } from '../../shared/topics/topic-text.ts'
import { fadesWithinMs } from './figures.ts'
import { KeptTopic, Recency } from './kept-topic.ts'
import { bytesAsText, LastMessages } from './last-messages.ts'
import { TopicNode } from './node.ts'
import { type KeyedRecord, type ReadKey, readerOf } from './read-key.ts'

/** The most topics; further ones take the places of the least recent. */
export const maximumTopicsKept = 100_000
/** The most levels: nodes are counted, too. */
const mostLevels = 16
/** Nodes for each topic, on average. */
const nodesPerTopic = 2
/** Up to so many topics, the separator is suggested anew each time there are twice as many. */
const suggestedUpTo = 256

/** A message that was received. `at` in milliseconds since the epoch. */
export interface TopicMessage extends KeyedRecord {
  readonly at: number
}

/**
 * The messages of one session by their topics, as they arrive: a tree of what the topics have in common, bounded in topics
 * and bytes. A message costs a look-up and a step for each level; its value is made into text only when it is asked for.
 *
 * What each node counts is what its own topic, its children and what was folded into it count together.
 */
export class TopicTree {
  /** Messages without the key. */
  readonly without = { count: 0, bytes: 0 }
  readonly folded = { topics: 0, count: 0, bytes: 0 }
  root = new TopicNode(rootNode, null, '', 'text')
  readonly #topics = new Map<string, KeptTopic>()
  readonly #nodes = new Map<number, TopicNode>()
  readonly #recency = new Recency()
  readonly #messages: LastMessages
  readonly #read: ReadKey
  readonly #maximum: number
  #suggests: boolean
  #separator: string | null
  #suggestAt = 2
  #lastId = rootNode
  #version = 0
  /** Grows when nodes come or go. */
  #shape = 0
  #lastAt = 0

  /** `decoding`: the options of the key's encoding. Throws `InspectorError` for a path that is none. */
  constructor(
    readonly options: TopicOptions,
    decoding: CodecOptions = {},
    maximum = maximumTopicsKept,
  ) {
    this.#read = readerOf(options.key, decoding)
    this.#messages = new LastMessages(this.#recency, this.keyFrame)
    this.#maximum = maximum
    this.#suggests = options.separator === suggestedSeparator
    this.#separator = this.#suggests ? null : options.separator
  }

  /** The place of the frame that is the topic itself; -1 where none is. */
  get keyFrame(): number {
    return this.options.key.by === 'frame' ? this.options.key.frame : -1
  }

  get separator(): string | null {
    return this.#separator
  }

  /** How many topics there are. */
  get size(): number {
    return this.#topics.size
  }

  get version(): number {
    return this.#version
  }

  /** Grows when nodes come or go. */
  get shape(): number {
    return this.#shape
  }

  get topics(): Iterable<KeptTopic> {
    return this.#topics.values()
  }

  node(id: number): TopicNode | undefined {
    return id === rootNode ? this.root : this.#nodes.get(id)
  }

  /** Whether anything is another than at that version: rates fall without messages, too. */
  changedSince(version: number, now: number): boolean {
    return version !== this.#version || now - this.#lastAt < fadesWithinMs
  }

  /** Counts a message; `record` is the number of its record. */
  add(message: TopicMessage, record: number): void {
    const { at, envelope } = message
    const bytes = sizeOf(message.frames, envelope)
    this.#version += 1
    this.#lastAt = at
    const key = this.#read(message)
    if (!key) {
      this.without.count += 1
      this.without.bytes += bytes
      return
    }
    const text = bytesAsText(key, maximumKeyBytes)
    const topic = this.#topics.get(text) ?? this.#begin(text, key)
    const isChanged = this.#messages.take(topic, message.frames, envelope, bytes)
    this.#recency.touch(topic)
    topic.own.add(at, bytes, record, isChanged)
    for (let node: TopicNode | null = topic.node; node; node = node.parent) {
      node.figures.add(at, bytes, record, isChanged)
      node.last = topic
    }
  }

  /** Divides the topics by another separator. Nodes get other ids; what was folded is then at the root. */
  divide(separator: string | null): void {
    this.#suggests = separator === suggestedSeparator
    this.#rebuild(this.#suggests ? this.#suggestion() : separator)
  }

  /** A topic that is not there yet. */
  #begin(key: string, bytes: Frame): KeptTopic {
    while (this.#topics.size >= this.#maximum || this.#nodes.size >= this.#maximum * nodesPerTopic) this.#foldOldest()
    const isCut = bytes.byteLength > maximumKeyBytes
    const topic = new KeptTopic(key, topicOf(bytes.subarray(0, maximumKeyBytes)), isCut, this.root)
    this.#topics.set(key, topic)
    this.#place(topic)
    if (this.#suggests && this.#topics.size === this.#suggestAt && this.#suggestAt <= suggestedUpTo) {
      this.#suggestAt *= 2
      const suggested = this.#suggestion()
      if (suggested !== this.#separator) this.#rebuild(suggested)
    }
    return topic
  }

  /** Finds the node of a topic, or makes it. */
  #place(topic: KeptTopic): void {
    let node = this.root
    for (const name of levelsOf(topic.topic, this.#separator, mostLevels)) {
      node = node.child(name, topic.topic.encoding) ?? this.#makeNode(node, name, topic.topic.encoding)
    }
    topic.node = node
    node.topic = topic
    this.#shape += 1
  }

  #makeNode(parent: TopicNode, name: string, encoding: TopicNode['encoding']): TopicNode {
    this.#lastId += 1
    const node = new TopicNode(this.#lastId, parent, name, encoding)
    parent.adopt(node)
    this.#nodes.set(node.id, node)
    return node
  }

  /** Lets the least recent topic go. Its figures stay in the nodes above it. */
  #foldOldest(): void {
    const topic = this.#recency.oldest
    if (!topic) return
    this.#recency.remove(topic)
    this.#messages.release(topic)
    this.#topics.delete(topic.key)
    this.#shape += 1
    this.folded.topics += 1
    this.folded.count += topic.own.count
    this.folded.bytes += topic.own.bytes
    let { node } = topic
    node.topic = null
    if (node.children) {
      node.folded.topics += 1
      node.folded.count += topic.own.count
      node.folded.bytes += topic.own.bytes
      return
    }
    let topics = 1
    while (node.parent && !node.children && !node.topic) {
      node.parent.fold(node, topics)
      this.#nodes.delete(node.id)
      topics = 0
      node = node.parent
    }
  }

  #suggestion(): string | null {
    return suggestSeparator(textsOf(this.#topics.values()))
  }

  #rebuild(separator: string | null): void {
    if (separator === this.#separator) return
    const { root } = this
    this.#separator = separator
    this.#nodes.clear()
    this.root = new TopicNode(rootNode, null, '', 'text')
    Object.assign(this.root.folded, this.folded)
    for (const topic of this.#topics.values()) {
      this.#place(topic)
      for (let node: TopicNode | null = topic.node; node; node = node.parent) {
        if (node.last === null || topic.own.lastAt >= node.figures.lastAt) node.last = topic
        if (node !== this.root) node.figures.absorb(topic.own)
      }
    }
    // The root has the figures of what was folded, too.
    this.root.figures.absorb(root.figures)
    this.#version += 1
  }
}

function* textsOf(topics: Iterable<KeptTopic>): Generator<string> {
  for (const { topic } of topics) if (topic.encoding === 'text') yield topic.text
}
