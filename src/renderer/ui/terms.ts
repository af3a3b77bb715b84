import { explainOption } from '../../shared/zmq/option-words.ts'
import { type OptionKey, optionKeys, optionRows } from '../../shared/zmq/options.ts'

interface Term {
  readonly name: string
  /** One or two sentences, with the default if any. */
  readonly words: string
}

function optionTerms(): Readonly<Record<OptionKey, Term>>
function optionTerms(): Readonly<Record<string, Term>> {
  return Object.fromEntries(optionKeys.map((key) => [key, { name: optionRows[key].name, words: explainOption(key) }]))
}

/** ZeroMQ terms and the window's options, each explained: shown where they are set, and together in the glossary. */
export const terms = {
  socket: {
    name: 'Socket',
    words: 'Sends and receives ZeroMQ messages. It can connect to many peers and reconnects by itself.',
  },
  request: { name: 'REQ', words: 'A socket that sends one request, then waits for its reply.' },
  reply: { name: 'REP', words: 'A socket that receives one request, then sends its reply.' },
  router: { name: 'ROUTER', words: 'A socket that serves many peers at once. It can answer REQ sockets, as REP does.' },
  surplus: {
    name: 'Surplus reply',
    words:
      'A second reply to one request. REQ takes any reply for that of its last request: only relaxed and correlate tells them apart.',
  },
  endpoint: {
    name: 'Endpoint',
    words:
      'Where a socket connects or listens: tcp://host:port, ipc:///path, inproc://name or ws://host:port. Default tcp://127.0.0.1:25933.',
  },
  serverEndpoint: {
    name: 'Server endpoint',
    words:
      'Where the echo server listens. Port * picks a free port; 127.0.0.1 is reachable only from this computer. Default tcp://127.0.0.1:25933.',
  },
  droppedReplies: {
    name: 'Dropped replies',
    words: 'Replies that the echo server did not send, because their peers do not read or have gone. The log says why.',
  },
  message: { name: 'Message', words: 'One or more frames, which arrive together or not at all.' },
  frame: { name: 'Frame', words: 'A part of a message: any bytes, may be empty.' },
  delimiter: {
    name: 'Delimiter',
    words: 'The empty frame that REQ and REP add before a message on the wire and remove on arrival.',
  },
  encoding: {
    name: 'Encoding',
    words: 'How a frame’s bytes are shown as text. Choosing another view never changes received bytes. Default Text.',
  },
  timeout: {
    name: 'Timeout',
    words: 'Time limit for connecting and the reply together. Default 5 s (see Settings).',
  },
  roundTrip: {
    name: 'Round trip',
    words: 'From passing a request to the socket until its reply is read. Excludes connecting and encoding.',
  },
  timedAnswers: {
    name: 'Time answers',
    words:
      'ZeroMQ does not tell which message answers which. In their order: the first to arrive answers the first that was sent; one that is lost shifts all after it. By a frame: the answer has the same frame, such as an id. Default off.',
  },
  ...optionTerms(),
  repeatCount: { name: 'Number of sends', words: 'How many times to send the message. Default 100.' },
  repeatForever: { name: 'Until I stop', words: 'Send until you press Stop. Default off.' },
  repeatInterval: {
    name: 'Interval',
    words:
      'Time from one send to the next. With 0, sends as soon as the reply arrives. Sends that are overdue because a reply came late are skipped and counted. Default 0 ms.',
  },
  repeatRate: {
    name: 'Rate',
    words: 'Messages a second. What is late is sent at once, up to a second of it. Default 100 /s.',
  },
  messageType: {
    name: 'Message type',
    words: 'The Protobuf type that names the fields. Without one you see raw wire fields. Default none.',
  },
  percentile: {
    name: 'Percentile',
    words: 'p99 is the time that 99 of 100 round trips did not exceed; only the slowest take longer.',
  },
  closedLoop: {
    name: 'Closed loop',
    words: 'Each request waits for the reply before it, so a stalled server also holds back requests.',
  },
  openLoop: {
    name: 'Open loop',
    words: 'Requests are due at a fixed rate, whatever the server does, and are timed from when they were due.',
  },
} as const satisfies Record<string, Term>

/** The explanation of a term. */
export const explain = (term: keyof typeof terms): string => terms[term].words
