import type { Topic } from '../session/topic.ts'

export const topicSorts = ['name', 'rate', 'size', 'age', 'count'] as const

/** By what rows are sorted: `size` is the bytes of all messages, `age` how long ago the last one came. */
export type TopicSort = (typeof topicSorts)[number]

/** The node that has all topics below it. */
export const rootNode = 0

/** The most rows of one part of a page. */
export const mostRows = 1000
/** The most parts of a page. */
export const mostParts = 200
/** The most nodes that are opened at once. */
export const mostOpened = 1000

/** Some of what is directly below a node. */
export interface TopicPart {
  /** A node's id. */
  readonly parent: number
  readonly offset: number
  readonly limit: number
}

/** How rows are chosen and ordered. */
export interface TopicView {
  readonly sort: TopicSort
  readonly descending: boolean
  /** Only topics that have this text in them, whatever the case of letters; empty for all. */
  readonly filter: string
}

/** Which parts of the tree are wanted. */
export interface TopicQuery extends TopicView {
  readonly parts: readonly TopicPart[]
  /** The version that is known already; null for none. */
  readonly known: number | null
}

/** What came, of a topic and all below it. Sizes in bytes, of messages without their envelope. */
export interface TopicFigures {
  readonly count: number
  readonly bytes: number
}

/** A node of the tree: a topic, or what topics have in common, or both. Figures are of all below it. */
export interface TopicRow extends TopicFigures {
  /** Stays the same while the topics have the same separator. */
  readonly id: number
  /** The node's own level, as it is shown. */
  readonly name: string
  /** All levels down to it, without a separator at the end: what one subscribes to. */
  readonly topic: Topic
  /** Whether messages had this very topic. */
  readonly isTopic: boolean
  /** Whether the key of a message was longer: then the topic is only its beginning. */
  readonly isCut: boolean
  /** How many nodes are directly below it that the filter lets through. */
  readonly children: number
  /** Messages a second, over the last two seconds. */
  readonly rate: number
  /** When the last message came, in milliseconds since the epoch. */
  readonly lastAt: number
  /** When one last came that was another than the one before of its topic. */
  readonly changedAt: number
  /** The number of the last message's record. */
  readonly record: number
  /** That of the message before it of the same topic; null without one. */
  readonly previous: number | null
  /** The last message on one line, without a frame that is its topic; null when it is no longer kept. */
  readonly value: string | null
}

/** Topics that were let go, the least recent first, because there were too many. */
export interface FoldedTopics extends TopicFigures {
  /** A topic that came back and went again counts twice. */
  readonly topics: number
}

/** What is directly below a node. */
export interface TopicRows {
  readonly parent: number
  /** How many rows there are. */
  readonly total: number
  /** Whether the node is no longer there. */
  readonly isGone: boolean
  readonly rows: readonly TopicRow[]
  /** What was directly below the node, or below what was; its figures are still in those of the node. */
  readonly folded: FoldedTopics
}

/** The topics of a session as they are now. */
export interface TopicPage extends TopicFigures {
  /** Grows with each change. */
  readonly version: number
  readonly separator: string | null
  /** How many there are. */
  readonly topics: number
  readonly rate: number
  /** Those of all nodes. */
  readonly folded: FoldedTopics
  /** Messages in which the key was not found: too few frames, bytes that cannot be read, nothing at the path. */
  readonly without: TopicFigures
  readonly parts: readonly TopicRows[]
}

/** From where on topics are counted. */
export interface TopicStart {
  /** How many of the newest messages were counted that had come before; 0 counts from now on. */
  readonly earlier: number
  /** When the first of them came, in milliseconds since the epoch; now, without any. */
  readonly since: number
}
