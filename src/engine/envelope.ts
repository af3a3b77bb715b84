import type { Frame } from '../shared/message.ts'
import { type PatternId, patternOf } from '../shared/zmq/patterns.ts'
import type { Incoming } from './behaviours/behaviour.ts'

/**
 * Tells the envelope of a message from the rest, as its pattern has it. With routing ids, everything up to the first empty frame leads back to the
 * sender, and the message follows. Null when there is no message that can be told from its envelope.
 */
export function splitEnvelope(pattern: PatternId, received: readonly Frame[]): Incoming | null {
  if (patternOf(pattern).envelope === 'none') return { frames: received, envelope: 0 }
  const delimiter = received.findIndex((frame, index) => index > 0 && frame.byteLength === 0)
  if (delimiter < 0 || delimiter === received.length - 1) return null
  return { frames: received, envelope: delimiter + 1 }
}
