import { type Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import { behaviours } from '../shared/session/behaviours.ts'
import { parseRoutingId } from '../shared/session/routing-id.ts'
import type { Attachment, SocketSpec } from '../shared/session/spec.ts'
import { maximumTopicBytes, problemWithTopic } from '../shared/session/topic.ts'
import type { SocketOptions } from '../shared/zmq/options.ts'
import { type Pattern, type PatternId, patternIds, patternOf } from '../shared/zmq/patterns.ts'
import type { Security } from '../shared/zmq/security.ts'
import { readEndpoint } from './arguments.ts'
import { complain, UsageError } from './failure.ts'
import { loadMessageTypes, optionsForType } from './message-types.ts'
import { encodingName, encodingNames, typeOptions, viewName, viewNames } from './options.ts'
import { parseTimeout } from './parse-timeout.ts'
import { addRecordOptions, recordingOf, recordOptions } from './record-options.ts'
import { addSecurityOptions } from './security-options.ts'
import { addSocketOptions, readLibzmqOption, socketOptionsFor } from './socket-options.ts'
import { addTopicOptions, readReading, topicOptions } from './topic-options.ts'

/** What is sent is on its way when the command ends, if it takes no longer than this. */
const usualLingerMs = 5000
const highestRate = 1_000_000

/** Commander passes options untyped. */
const socketOptions = typeOptions.extend({
  ...topicOptions,
  o: z.custom<Partial<SocketOptions>>().default({}),
  topic: z.array(z.string()).default([]),
  peer: z.custom<Frame>().nullable().default(null),
  echo: z.boolean().default(false),
  count: z.number().nullable().default(null),
  duration: z.number().nullable().default(null),
  interval: z.number().nullable().default(null),
  rate: z.number().nullable().default(null),
  timeout: z.number().nullable().default(null),
  wait: z.boolean().default(true),
  waitSubscribers: z.number().default(0),
  encoding: encodingName,
  decode: viewName.optional(),
  replyMessage: z.string().optional(),
  frames: z.boolean().default(false),
  null: z.boolean().default(false),
  ...recordOptions,
  json: z.boolean().default(false),
})

function parseCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0
  if (count >= 1 && Number.isSafeInteger(count)) return count
  throw new InvalidArgumentError('Write a whole number from 1.')
}

function parseRate(text: string): number {
  const rate = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (rate > 0 && rate <= highestRate) return rate
  throw new InvalidArgumentError(`Write messages a second, up to ${highestRate}.`)
}

function parsePeer(text: string): Frame {
  try {
    return parseRoutingId(text)
  } catch (thrown) {
    if (thrown instanceof InspectorError) throw new InvalidArgumentError(thrown.message)
    throw thrown
  }
}

function parseTopic(text: string, before: readonly string[] = []): readonly string[] {
  if (problemWithTopic({ encoding: 'text', text }) === null) return [...before, text]
  throw new InvalidArgumentError(`A topic has ${maximumTopicBytes} bytes at most.`)
}

/** Adds a command for each pattern. `finish` is given the exit code. */
export function addSockets(program: Command, finish: (exitCode: number) => void): void {
  // Draft types are for the window: two of them have the names of commands that are there.
  for (const pattern of patternIds.filter((id) => !patternOf(id).isDraft)) addSocket(program, pattern, finish)
}

function addSocket(program: Command, pattern: PatternId, finish: (exitCode: number) => void): void {
  const facts = patternOf(pattern)
  const attach: Attachment[] = []
  const collect = (how: Attachment['how']) => (endpoint: string) => void attach.push({ how, endpoint })
  const command = program
    .command(pattern)
    .description(`${facts.label}: ${facts.words.charAt(0).toLowerCase()}${facts.words.slice(1)}`)
    .option('-b, --bind <endpoint>', 'bind this endpoint; can be repeated', collect('bind'))
    .option('-c, --connect <endpoint>', 'connect to this endpoint; can be repeated', collect('connect'))
    .option(
      '-o <name=value>',
      "a socket option by libzmq's name, such as SNDHWM=10; can be repeated",
      readLibzmqOption(pattern),
    )
    .addOption(new Option('--encoding <name>', 'encoding of the messages').choices(encodingNames).default('text'))
    .option('--count <number>', countWords(facts), parseCount)
    .option('--duration <time>', 'end after this long: 500ms, 5s; with --count, a failure', parseTimeout)
    .option('--json', 'print one JSON object per line')
  addRecordOptions(command)
  if (facts.sends) addSending(command, facts)
  if (facts.receives) addTopicOptions(command, pattern)
  if (facts.subscribes !== null) {
    command.option('--topic <text>', 'subscribe to this; can be repeated (default: everything)', parseTopic)
  }
  if (facts.hears) {
    command.option('--wait-subscribers <number>', 'wait for this many subscriptions before sending', parseCount)
  }
  if (facts.envelope === 'peer') {
    command.option('--peer <id>', 'send to this peer: its routing id as text, or as hex after 0x', parsePeer)
  }
  const echoes: readonly PatternId[] = behaviours.echo.patterns
  if (echoes.includes(pattern)) command.option('--echo', 'send every message back as it came')
  // Without a handshake there is nothing to secure.
  if (facts.handshakes) addSecurityOptions(command, ['client', 'server'])
  addSocketOptions(command, pattern)
  command.action(async (...given: unknown[]) => {
    // Commander gives the arguments only where the command has some.
    const written = facts.sends ? z.array(z.string()).parse(given[0]) : []
    finish(await runWith(pattern, attach, written, facts.sends ? given[1] : given[0]))
  })
}

const countWords = ({ sends, receives }: Pattern): string =>
  !receives
    ? 'end after sending this many messages, from the beginning again where there are fewer'
    : `end after receiving this many messages${sends ? ', or answering, with answers' : ''}`

function addSending(command: Command, { receives, label }: Pattern): void {
  command
    .argument('[message...]', "what to send; '-' sends each line of standard input")
    .option('--frames', 'send all messages as the frames of one')
    .option('-0, --null', 'messages of standard input end with NUL instead of a line')
    .option('--interval <time>', 'send a message this often, over and over: 500ms, 5s', parseTimeout)
    .option('--rate <number>', 'send this many messages a second, over and over', parseRate)
    .option('--timeout <time>', 'how long a message may wait for a peer, for room and for a reply', parseTimeout)
    .option('--no-wait', 'send without waiting for a peer')
  if (!receives) return
  command
    .addOption(new Option('--decode <name>', `encoding of what the ${label} receives, if different`).choices(viewNames))
    .option('--reply-message <type>', 'Protobuf message type of what it receives, if different')
}

async function runWith(
  pattern: PatternId,
  attach: readonly Attachment[],
  written: readonly string[],
  given: unknown,
): Promise<number> {
  const options = socketOptions.parse(given)
  const { encoding, decode = encoding, rate, interval } = options
  const asksForMore = options.decode !== undefined || encoding !== 'text'
  if (rate !== null && interval !== null) throw new UsageError('Give --interval or --rate, not both.')
  const { readSecurity, warnOfSecurity } = await import('./security-sources.ts')
  const { security, secrets } = await readSecurity(given)
  const spec = readSpec(pattern, attach, options, security, given)
  const schema = await loadMessageTypes(options, options.message, options.replyMessage)
  const notation = { encoding, options: optionsForType(schema, options.message) }
  const received = { encoding: decode, options: optionsForType(schema, options.replyMessage ?? options.message) }
  const [{ checkSendable }, { messageSource }, { jsonPrinter, quietPrinter, textPrinter }, { print }, { runSocket }] =
    await Promise.all([
      import('../engine/outgoing.ts'),
      import('./message-source.ts'),
      import('./printer.ts'),
      import('./output.ts'),
      import('./socket.ts'),
    ])
  const loud = options.json
    ? jsonPrinter(print, true)
    : textPrinter(print, notation, received, asksForMore ? complain : null)
  const printer = options.quiet ? quietPrinter(loud) : loud
  const reading = readReading(pattern, options, { ...received, isChosen: asksForMore })
  const source = messageSource({
    messages: written,
    notation,
    frames: options.frames,
    isNullSeparated: options.null,
    check: (frames) => checkSendable(spec, frames),
  })
  requireMessages(pattern, source !== null, options.echo)
  warnOfSecurity(
    security,
    spec.attach.map(({ how, endpoint }) => readEndpoint(endpoint, how)),
  )
  return runSocket({
    spec,
    secrets,
    source,
    peer: options.peer,
    count: options.count,
    durationMs: options.duration,
    intervalMs: rate === null ? interval : 1000 / rate,
    timeoutMs: options.timeout,
    waits: options.wait,
    subscribers: options.waitSubscribers,
    printer:
      reading === null
        ? printer
        : (await import('./reading-printer.ts')).readingPrinter(reading, printer, options.json),
    recording: recordingOf(options, spec, {
      sent: { encoding, message: options.message ?? null },
      received: { encoding: decode, message: options.replyMessage ?? options.message ?? null },
    }),
  })
}

function readSpec(
  pattern: PatternId,
  attach: readonly Attachment[],
  { o, topic, echo }: z.infer<typeof socketOptions>,
  security: Security,
  given: unknown,
): SocketSpec {
  const [first] = attach
  if (!first) throw new UsageError('Say where: --bind ENDPOINT or --connect ENDPOINT.')
  const endpoints = attach.map(({ how, endpoint }) => readEndpoint(endpoint, how))
  const { sends, receives, subscribes, lockstep } = patternOf(pattern)
  const linger = sends && lockstep === null ? { linger: usualLingerMs } : {}
  const all = { ...linger, ...z.record(z.string(), z.unknown()).parse(given), ...o }
  const topics = topic.length === 0 ? [''] : topic
  return {
    pattern,
    attach,
    options: socketOptionsFor(endpoints, all),
    security,
    subscriptions: subscribes === null ? [] : topics.map((text) => ({ encoding: 'text', text })),
    behaviour: echo && receives ? 'echo' : null,
  }
}

function requireMessages(pattern: PatternId, hasMessages: boolean, echo: boolean): void {
  const { receives, lockstep, label } = patternOf(pattern)
  if (echo && hasMessages) throw new UsageError('With --echo there is nothing else to send.')
  if (hasMessages || echo) return
  if (!receives || lockstep === 'send-first') throw new UsageError(`Say what to send: a message, or '-'.`)
  if (lockstep === 'receive-first') throw new UsageError(`Say what the ${label} answers: a message, '-', or --echo.`)
}
