import type { ViewId } from '../codecs/codec.ts'
import { type PatternId, patternOf } from '../zmq/patterns.ts'

/** The highest place of a frame that can be a key. */
export const lastKeyFrame = 999

/**
 * What tells the topic of a message: one of its frames; a value in a frame, by the path that "Copy the path" gives; or the
 * routing id of its peer. Frames are counted from 0, without the envelope.
 */
export type TopicKey =
  | { readonly by: 'frame'; readonly frame: number }
  | {
      readonly by: 'path'
      readonly frame: number
      readonly encoding: ViewId
      /** Full name of the Protobuf message type, for that encoding. */
      readonly message: string | null
      readonly path: string
    }
  | { readonly by: 'peer' }

/** How the messages of a session are sorted into topics. */
export interface TopicOptions {
  readonly key: TopicKey
  /** What divides a topic into levels: one character; null for topics without levels. `suggested` finds it in the topics. */
  readonly separator: string | null
}

/** A separator that is found in the topics. */
export const suggestedSeparator = 'suggested'

/** The key that fits most publishers. */
export const firstFrame: TopicKey = { by: 'frame', frame: 0 }

/** The key that a socket begins with: its peer where messages have a sender and no topic, otherwise the first frame. */
export const usualKey = (pattern: PatternId): TopicKey =>
  patternOf(pattern).envelope === 'peer' ? { by: 'peer' } : firstFrame
