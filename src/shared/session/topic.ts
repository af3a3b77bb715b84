import { CodecError } from '../codecs/codec.ts'
import { hex } from '../codecs/hex.ts'
import { text } from '../codecs/text.ts'
import { InspectorError } from '../errors.ts'
import { type Frame, isSameMessage } from '../message.ts'

export const topicEncodings = ['text', 'hex'] as const

/** What a socket subscribes to: messages that begin with it. The empty topic is every message. */
export interface Topic {
  readonly encoding: (typeof topicEncodings)[number]
  /** As a person writes it. */
  readonly text: string
}

/** The most bytes of a topic. */
export const maximumTopicBytes = 255
/** The most topics of one socket. */
export const maximumTopics = 10_000

const codecs = { text, hex }

/** The bytes of a topic. Throws `InspectorError` (`invalid-argument`) when it cannot be read, or is too long. */
export function topicBytes(topic: Topic): Frame {
  const bytes = encode(topic)
  if (bytes.byteLength <= maximumTopicBytes) return bytes
  throw new InspectorError(
    'invalid-argument',
    `A topic has ${maximumTopicBytes} bytes at most; this one has ${bytes.byteLength}.`,
  )
}

/** The topics without those that are there already: the same bytes can be written in two ways. */
export const withoutRepeats = (topics: readonly Frame[]): readonly Frame[] =>
  topics.filter((topic, index) => topics.findIndex((each) => isSameMessage([each], [topic])) === index)

/** Whether two topics are the same bytes. */
export const isSameTopic = (one: Topic, other: Topic): boolean => isSameMessage([topicBytes(one)], [topicBytes(other)])

/** The most bytes of a group that every version of libzmq takes. */
export const maximumGroupBytes = 15

/** Why a topic cannot be joined as the group of a DISH; null when it can. */
export function problemWithGroup(topic: Topic): string | null {
  const problem = problemWithTopic(topic)
  if (problem !== null) return problem
  const { byteLength } = topicBytes(topic)
  if (byteLength === 0) return 'Write the name of a group.'
  return byteLength <= maximumGroupBytes
    ? null
    : `A group has ${maximumGroupBytes} bytes at most; this one has ${byteLength}.`
}

/** Why a topic cannot be used; null when it can. */
export function problemWithTopic(topic: Topic): string | null {
  try {
    topicBytes(topic)
    return null
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown.message
    throw thrown
  }
}

function encode({ encoding, text: written }: Topic): Frame {
  try {
    return codecs[encoding].encode(written)
  } catch (thrown) {
    if (!(thrown instanceof CodecError)) throw thrown
    throw new InspectorError('invalid-argument', `${thrown.message}.`, undefined, { cause: thrown })
  }
}
