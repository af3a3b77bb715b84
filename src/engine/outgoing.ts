import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import { maximumRoutingIdBytes } from '../shared/session/routing-id.ts'
import type { SocketSpec } from '../shared/session/spec.ts'
import { maximumGroupBytes } from '../shared/session/topic.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import type { Incoming } from './behaviours/behaviour.ts'

const emptyFrame: Frame = new Uint8Array()

/** Who a message goes to. */
export interface Address {
  readonly routingId: Frame
  /** Whether an empty delimiter belongs before the message. */
  readonly delimiter: boolean
}

const refuse = (code: 'invalid-argument' | 'wrong-state', message: string) => new InspectorError(code, message)

/** Throws `InspectorError` when a socket of this kind cannot send such a message. */
export function checkSendable({ pattern, options }: SocketSpec, frames: readonly Frame[]): void {
  const { label, sends, frames: wanted, isDraft } = patternOf(pattern)
  if (!sends) throw refuse('wrong-state', `A ${label} only receives.`)
  if (options.conflate && frames.length > 1 && pattern !== 'pull') {
    throw refuse(
      'invalid-argument',
      'With conflate, only the last frame of a message arrives. Send one frame, or turn conflate off.',
    )
  }
  if (wanted === 1 && frames.length > 1) {
    const why = isDraft ? 'has one frame in each message' : 'sends bytes, not messages: send one frame at a time'
    throw refuse('invalid-argument', `A ${label} ${why}.`)
  }
  if (wanted === 2) checkGroup(label, frames)
}

/** The message with what its pattern puts before it. Throws `InspectorError` when it needs a peer and has none. */
export function withEnvelope(spec: SocketSpec, frames: readonly Frame[], to: Address | null): Incoming {
  const { envelope, label } = patternOf(spec.pattern)
  switch (envelope) {
    case 'none':
      return { frames, envelope: 0 }
    case 'delimiter':
      return spec.options.envelope ? { frames: [emptyFrame, ...frames], envelope: 1 } : { frames, envelope: 0 }
    case 'peer': {
      if (!to) throw refuse('invalid-argument', `Choose the peer that this ${label} is to send to.`)
      checkRoutingId(to.routingId)
      const lead = to.delimiter ? [to.routingId, emptyFrame] : [to.routingId]
      return { frames: [...lead, ...frames], envelope: lead.length }
    }
  }
}

function checkGroup(label: string, frames: readonly Frame[]): void {
  if (frames.length !== 2) {
    throw refuse('invalid-argument', `A ${label} has two frames in each message: the group, and what to send.`)
  }
  const bytes = frames[0]?.byteLength ?? 0
  if (bytes <= maximumGroupBytes) return
  throw refuse('invalid-argument', `A group has ${maximumGroupBytes} bytes at most; this one has ${bytes}.`)
}

function checkRoutingId({ byteLength }: Frame): void {
  if (byteLength >= 1 && byteLength <= maximumRoutingIdBytes) return
  throw refuse('invalid-argument', `A routing id has 1 to ${maximumRoutingIdBytes} bytes; this one has ${byteLength}.`)
}
