import type { Frame } from '../shared/message.ts'
import type { SocketSpec } from '../shared/session/spec.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import type { Incoming } from './behaviours/behaviour.ts'

type Spec = Pick<SocketSpec, 'pattern' | 'options'>

const isEmpty = (frame: Frame | undefined): boolean => frame?.byteLength === 0

/**
 * Tells the envelope of a message from the rest, as its pattern has it. Null when there is no message that can be told
 * from its envelope.
 */
export function splitEnvelope({ pattern, options }: Spec, frames: readonly Frame[]): Incoming | null {
  switch (patternOf(pattern).envelope) {
    case 'none':
      return { frames, envelope: 0 }
    case 'delimiter':
      return { frames, envelope: options.envelope && frames.length > 1 && isEmpty(frames[0]) ? 1 : 0 }
    case 'peer':
      return options.requireDelimiter ? afterDelimiter(frames) : { frames, envelope: hasDelimiter(frames) ? 2 : 1 }
  }
}

/** Whether an empty frame follows the routing id, and a message that. */
export const hasDelimiter = (frames: readonly Frame[]): boolean => frames.length > 2 && isEmpty(frames[1])

/** As REP reads it: everything up to the first empty frame leads back to the sender, and the message follows. */
function afterDelimiter(frames: readonly Frame[]): Incoming | null {
  const delimiter = frames.findIndex((frame, index) => index > 0 && isEmpty(frame))
  if (delimiter < 0 || delimiter === frames.length - 1) return null
  return { frames, envelope: delimiter + 1 }
}
