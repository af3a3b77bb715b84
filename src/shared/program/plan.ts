import { formatEndpoint, parseEndpoint } from '../endpoint.ts'
import { InspectorError } from '../errors.ts'
import type { Frame } from '../message.ts'
import type { SocketSpec } from '../session/spec.ts'
import { topicBytes, withoutRepeats } from '../session/topic.ts'
import { type PatternId, patternOf } from '../zmq/patterns.ts'
import { type LibraryOption, libraryOptionsOf } from './library-options.ts'
import { checkProgramSize } from './program-size.ts'
import { type ProgramSecurity, securityOf } from './security.ts'

/** How an answer begins: with nothing, with the routing id of the peer, or with that and its empty delimiter, if any. */
export type AnswerLead = 'none' | 'peer' | 'peer-and-delimiter'

export interface Answer {
  readonly lead: AnswerLead
  /** Whether messages whose last frame is empty get no answer: with them, a STREAM tells that a peer came or went. */
  readonly unlessEmpty: boolean
}

/** When receiving ends: after one message, when none has come for `receiveTimeoutMs`, or when a person stops it. */
export type Until = 'one' | 'silence' | 'stopped'

/** What the program does when its socket is open, in order. `note` says why, as a comment. */
export type Step =
  | { readonly kind: 'wait'; readonly milliseconds: number; readonly note: string }
  /** Sends the message of the plan. */
  | { readonly kind: 'send'; readonly note: string | null }
  /** Receives and prints messages, and answers each with the message of the plan. */
  | { readonly kind: 'receive'; readonly until: Until; readonly answer: Answer | null; readonly note: string | null }

/** What a program is to do, whatever its language. */
export interface Plan {
  readonly pattern: PatternId
  readonly security: ProgramSecurity
  readonly options: readonly LibraryOption[]
  readonly attach: readonly { readonly how: 'bind' | 'connect'; readonly endpoint: string }[]
  /** Topics, groups, or the messages that subscribe. */
  readonly subscriptions: { readonly how: 'call' | 'message' | 'join'; readonly topics: readonly Frame[] }
  /** With what its pattern puts before it; null where nothing is sent. The first of two frames of a RADIO is the group. */
  readonly message: readonly Frame[] | null
  /** After this long without a message, receiving ends; null for never. */
  readonly receiveTimeoutMs: number | null
  readonly steps: readonly Step[]
}

/** What a program is made of. */
export interface ProgramSource {
  readonly spec: Pick<SocketSpec, 'pattern' | 'attach' | 'options' | 'security' | 'subscriptions'>
  readonly frames: readonly Frame[]
  /** How long to wait for an answer. */
  readonly timeoutMs: number
}

/** How long a program whose socket has no linger time waits for its messages to leave, in milliseconds. */
const lingerMs = 5000
/** How long a program waits for somebody who hears it, in milliseconds. */
const slowJoinerMs = 500

const hows = { 'by-call': 'call', 'by-message': 'message', 'by-joining': 'join' } as const

/**
 * The plan of a program. Throws `InspectorError`: `invalid-endpoint` and `invalid-argument` for what the socket cannot
 * use, `too-large` for a message above `maximumProgramBytes`.
 */
export function planOf({ spec, frames, timeoutMs }: ProgramSource): Plan {
  const { pattern, options, attach } = spec
  const { sends, subscribes } = patternOf(pattern)
  if (sends) checkMessage(pattern, frames)
  const steps = stepsOf(spec)
  return {
    pattern,
    security: securityOf(spec),
    options: libraryOptionsOf(pattern, sends && options.linger === 0 ? { ...options, linger: lingerMs } : options),
    attach: attach.map(({ how, endpoint }) => ({
      how,
      endpoint: formatEndpoint(parseEndpoint(endpoint, how, { ipv6: options.ipv6 })),
    })),
    subscriptions: { how: subscribes ? hows[subscribes] : 'call', topics: topicsOf(spec) },
    message: sends ? messageOf(spec, frames) : null,
    receiveTimeoutMs: timeoutOf(steps, timeoutMs),
    steps,
  }
}

function checkMessage(pattern: PatternId, frames: readonly Frame[]): void {
  const { frames: wanted, label } = patternOf(pattern)
  if (wanted !== null && frames.length !== wanted) {
    const what = wanted === 1 ? 'one frame' : 'two frames: the group, and what to send'
    throw new InspectorError('invalid-argument', `A ${label} has ${what} in each message.`)
  }
  checkProgramSize(frames)
}

/** A program that a person stops waits for ever. */
function timeoutOf(steps: readonly Step[], timeoutMs: number): number | null {
  const ends = steps.flatMap((step) => (step.kind === 'receive' ? [step.until] : []))
  return ends.length === 0 || ends.includes('stopped') ? null : timeoutMs
}

function topicsOf({ pattern, subscriptions }: ProgramSource['spec']): readonly Frame[] {
  const { subscribes } = patternOf(pattern)
  if (subscribes === null) return []
  const topics = withoutRepeats(subscriptions.map(topicBytes))
  return subscribes === 'by-message' ? topics.map((topic) => Uint8Array.of(1, ...topic)) : topics
}

const messageOf = ({ pattern, options }: ProgramSource['spec'], frames: readonly Frame[]): readonly Frame[] =>
  patternOf(pattern).envelope === 'delimiter' && options.envelope ? [new Uint8Array(), ...frames] : frames

const receive = (until: Until, note: string | null = null, answer: Answer | null = null): Step => ({
  kind: 'receive',
  until,
  answer,
  note,
})
const send = (note: string | null = null): Step => ({ kind: 'send', note })
const answering = (lead: AnswerLead, unlessEmpty = false): Answer => ({ lead, unlessEmpty })

const untilStopped = 'Receives until you stop it with Ctrl+C.'
const untilSilence = 'Receives until nothing has come for a while.'
const answersAll = 'Answers each message until you stop it with Ctrl+C.'

function stepsOf({ pattern, attach, options }: ProgramSource['spec']): readonly Step[] {
  const { lockstep, envelope, sends, receives, alone, hears } = patternOf(pattern)
  if (!sends) return [receive('stopped', untilStopped)]
  if (lockstep === 'send-first') return [send(), receive('one')]
  if (lockstep === 'receive-first') return [receive('stopped', answersAll, answering('none'))]
  if (pattern === 'stream') return streamSteps(attach[0]?.how ?? 'bind')
  if (envelope === 'peer') {
    const note = `${answersAll} A peer is known when it has written.`
    return [receive('stopped', note, answering('peer-and-delimiter'))]
  }
  if (hears && receives) {
    const note = 'Waits for a subscription: what is sent before the first is dropped.'
    return [receive('one', note), send(), receive('stopped', untilStopped)]
  }
  if (alone === 'drops') {
    const note = 'What is sent before somebody is there is dropped: gives them a moment to connect.'
    const sending: readonly Step[] = [{ kind: 'wait', milliseconds: slowJoinerMs, note }, send()]
    return receives ? [...sending, receive('stopped', untilStopped)] : sending
  }
  const first = send(envelope === 'delimiter' && options.envelope ? 'REP and REQ expect the empty frame.' : null)
  return receives ? [first, receive('silence', untilSilence)] : [first]
}

/** Who connects is told of the connection by an empty message, which has its routing id. */
function streamSteps(how: 'bind' | 'connect'): readonly Step[] {
  if (how === 'bind') return [receive('stopped', answersAll, answering('peer', true))]
  const note = 'An empty message says that the connection is there, and how to call it.'
  return [receive('one', note, answering('peer')), receive('silence', untilSilence)]
}
