import type { Frame } from '../message.ts'
import { type PatternId, patternOf } from '../zmq/patterns.ts'
import type { LibraryOption } from './library-options.ts'
import type { Answer, AnswerLead, Plan, Step } from './plan.ts'
import { type SecurityWords, securityLines } from './security.ts'

/** The lines of a part of a program. */
export type Lines = readonly string[]

/** What a language calls the parts of a plan. Expressions are lines, because a long frame has several. */
export interface Words {
  readonly label: string
  /** Of its files, without the dot. */
  readonly extension: string
  /** The library that programs use. */
  readonly library: string
  /** How to get the library, and to build with it. */
  readonly install: string
  readonly comment: '#' | '//'
  /** One step to the right. */
  readonly by: string
  /** The bytes of a frame, exactly. */
  readonly literal: (frame: Frame) => Lines
  readonly text: (text: string) => string
  /** Opens the socket. */
  readonly open: (plan: Plan) => Lines
  readonly security: SecurityWords
  /** Sets an option of libzmq; null where the library cannot. */
  readonly option: (name: string, option: LibraryOption) => string | null
  readonly timeout: (milliseconds: number) => string
  readonly attach: (how: 'bind' | 'connect', endpoint: string) => string
  /** Whether its ipc and ws are those of libzmq. Other libraries have ipc for themselves, over TCP, and no ws. */
  readonly isLibzmq: boolean
  readonly subscribe: (topic: Lines) => Lines
  /** Sends a message of one frame. */
  readonly sendFrame: (frame: Lines) => Lines
  readonly wait: (milliseconds: number) => string
  /** Sends the message. */
  readonly send: string
  readonly answers: Readonly<Record<AnswerLead, Lines>>
  readonly receive: {
    /** Receives a message, and drops it. */
    readonly one: string
    /** Receives all messages. */
    readonly all: Lines
    /** The last line is the head of a block for each message, or for one; with a lead, it uses the frames. */
    readonly head: (isRepeated: boolean, lead: AnswerLead) => Lines
    /** Head of a block for messages whose last frame has any bytes. */
    readonly ifNotEmpty: string
  }
  readonly block: (head: string, body: Lines) => Lines
}

/** A language that programs are written in. */
export interface Language extends Pick<Words, 'label' | 'extension' | 'library' | 'install' | 'comment'> {
  /** Whether its library has libzmq's draft types as it is delivered. */
  readonly hasDrafts?: boolean
  /** Puts the parts of the program together, without the lines at its head. */
  readonly write: (plan: Plan) => string
}

/** The parts of a program that go into its main function. */
export interface Parts {
  /** Opens the socket, sets its options, and gets it to its endpoints. */
  readonly opening: Lines
  readonly steps: readonly Lines[]
}

/** Writes the parts in the words of a language. */
export const partsOf = (plan: Plan, words: Words): Parts => ({
  opening: openingOf(plan, words),
  steps: plan.steps.map((step) => stepOf(step, words)),
})

function openingOf(plan: Plan, words: Words): Lines {
  const { attach, receiveTimeoutMs } = plan
  const { how, topics } = plan.subscriptions
  const subscribe = how === 'message' ? words.sendFrame : words.subscribe
  const subscribing = topics.flatMap((topic) => subscribe(words.literal(topic)))
  return [
    ...words.open(plan),
    ...securityLines(plan.security, words),
    ...plan.options.map((option) => optionOf(option, words)),
    ...(receiveTimeoutMs === null ? [] : [words.timeout(receiveTimeoutMs)]),
    ...(how === 'message' ? [] : subscribing),
    ...attach.flatMap(({ how: attaching, endpoint }) => [
      ...transportNote(endpoint, words),
      words.attach(attaching, words.text(endpoint)),
    ]),
    // A message needs somebody to go to.
    ...(how === 'message' ? subscribing : []),
  ]
}

/** What is different about the transport of an endpoint in a program of this language. */
function transportNote(endpoint: string, { comment, library, isLibzmq }: Words): Lines {
  const say = (words: string): Lines => [`${comment} ${words}`]
  if (endpoint.startsWith('inproc:'))
    return say('inproc reaches sockets of the same context only: none but those of this program.')
  if (endpoint.startsWith('ipc:') && !isLibzmq)
    return say(`The ipc of ${library} is not that of libzmq: only ${library} is at its other end.`)
  if (!endpoint.startsWith('ws:')) return []
  return say(isLibzmq ? 'ws needs a libzmq that was built with WebSocket.' : `${library} has no ws.`)
}

/** Sets an option, or says in a comment why not. What a person wrote is in no comment. */
function optionOf(option: LibraryOption, words: Pick<Words, 'option' | 'comment' | 'library'>): string {
  const { name, libzmq, value } = option
  const shown = typeof value === 'string' ? '' : ` (${value})`
  if (libzmq === null) return `${words.comment} ${name}${shown}: an option of ZeroMQ Inspector, not of ZeroMQ.`
  return words.option(libzmq, option) ?? `${words.comment} ${name}${shown}: ${words.library} cannot set ZMQ_${libzmq}.`
}

function stepOf(step: Step, words: Words): Lines {
  const note = step.note === null ? [] : [`${words.comment} ${step.note}`]
  switch (step.kind) {
    case 'wait':
      return [...note, words.wait(step.milliseconds)]
    case 'send':
      return [...note, words.send]
    case 'receive': {
      const { receive, block } = words
      if (!step.answer) return step.until === 'one' ? [...note, receive.one] : [...note, ...receive.all]
      const head = receive.head(step.until !== 'one', step.answer.lead)
      return [...note, ...head.slice(0, -1), ...block(head.at(-1) ?? '', answerOf(step.answer, words))]
    }
  }
}

const answerOf = ({ lead, unlessEmpty }: Answer, { answers, block, receive }: Words): Lines =>
  unlessEmpty ? block(receive.ifNotEmpty, answers[lead]) : answers[lead]

/** A block in braces. */
export const braces =
  (by: string): Words['block'] =>
  (head, body) => [`${head} {`, ...indented(body, by), '}']

/** The lines moved to the right; empty ones stay empty. A literal never goes over the end of a line. */
export const indented = (lines: Lines, by: string): Lines => lines.map((line) => (line === '' ? '' : by + line))

/** The lines between two texts. */
export const within = (before: string, lines: Lines, after: string): Lines =>
  lines.map((line, index) => `${index === 0 ? before : ''}${line}${index === lines.length - 1 ? after : ''}`)

/** Parts of a program, with an empty line between two of them. */
export const spaced = (...parts: readonly Lines[]): Lines =>
  parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]))

/** One literal out of several parts, each on a line of its own within `around`; a single part stays on one line. */
export function joined(parts: Lines, around: readonly [string, string], by: string, between = ''): Lines {
  const [open, close] = around
  const [first = '', ...others] = parts
  if (others.length === 0) return [`${open}${first}${close}`]
  return [open, ...indented([...parts.slice(0, -1).map((part) => part + between), ...parts.slice(-1)], by), close]
}

export const quoted = (parts: Lines, quote = '"'): Lines => parts.map((part) => `${quote}${part}${quote}`)

export const typeOf = (pattern: PatternId): string => patternOf(pattern).label

/** What a program has to have for its steps. */
export const factsOf = ({ steps }: Plan) => ({
  waits: steps.some(({ kind }) => kind === 'wait'),
  receives: steps.some(({ kind }) => kind === 'receive'),
  answersPeers: steps.some((step) => step.kind === 'receive' && (step.answer?.lead ?? 'none') !== 'none'),
})

/** What is said where receiving ends. */
export const silence = (milliseconds: number): string => `Nothing has come for ${milliseconds} ms.`

export const delimiterNote = 'The routing id of the peer comes first, and the empty frame if the peer uses it.'

/** Says why closing takes a while, where anything was sent. */
export const closingNote = ({ message }: Plan, comment: Words['comment']): Lines =>
  message === null ? [] : [`${comment} What was sent gets time to leave, as long as the linger option says.`]
