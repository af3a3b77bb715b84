import type { Frame } from '../shared/message.ts'
import { type PatternId, patternOf } from '../shared/zmq/patterns.ts'
import type { Incoming } from './behaviours/behaviour.ts'

/**
 * Takes a message apart as its pattern has it. With routing ids, everything up to the first empty frame leads back to the
 * sender, and the message follows. Null when there is no message that can be told from its envelope.
 */
export function splitEnvelope(pattern: PatternId, received: readonly Frame[]): Incoming | null {
  if (patternOf(pattern).envelope === 'none') return { envelope: [], frames: received }
  const delimiter = received.findIndex((frame, index) => index > 0 && frame.byteLength === 0)
  if (delimiter < 0 || delimiter === received.length - 1) return null
  return { envelope: received.slice(0, delimiter + 1), frames: received.slice(delimiter + 1) }
}
