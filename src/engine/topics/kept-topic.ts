import type { Topic } from '../../shared/session/topic.ts'
import { Figures } from './figures.ts'
import type { TopicNode } from './node.ts'

/** A topic that messages had: its own figures, without those of topics below it, and its last message. */
export class KeptTopic {
  readonly own = new Figures()
  /** Those that came before and after it, by when they last had a message. */
  older: KeptTopic | null = null
  newer: KeptTopic | null = null
  /** The beginning of the last message: its frames, each byte as a character; null when that was let go. */
  kept: readonly string[] | null = null
  /** About what that takes. */
  keptBytes = 0
  /** Of the last message, in bytes. */
  size = 0

  constructor(
    /** The bytes of the key, each as a character. */
    readonly key: string,
    readonly topic: Topic,
    readonly isCut: boolean,
    public node: TopicNode,
  ) {}
}

/** Topics by when they last had a message. */
export class Recency {
  oldest: KeptTopic | null = null
  #newest: KeptTopic | null = null

  /** Puts a topic to the end. */
  touch(topic: KeptTopic): void {
    if (this.#newest === topic) return
    this.remove(topic)
    topic.older = this.#newest
    if (this.#newest) this.#newest.newer = topic
    else this.oldest = topic
    this.#newest = topic
  }

  /** Does nothing when it is not among them. */
  remove(topic: KeptTopic): void {
    const { older, newer } = topic
    if (older) older.newer = newer
    else if (this.oldest === topic) this.oldest = newer
    if (newer) newer.older = older
    else if (this.#newest === topic) this.#newest = older
    topic.older = null
    topic.newer = null
  }
}
