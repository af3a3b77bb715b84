import type { Frame } from '../message.ts'
import { encodeUtf8 } from '../utf8.ts'
import type { PatternId } from '../zmq/patterns.ts'
import {
  braces,
  closingNote,
  delimiterNote,
  factsOf,
  indented,
  joined,
  type Language,
  type Lines,
  partsOf,
  quoted,
  silence,
  spaced,
  type Words,
  within,
} from './language.ts'
import { commonEscapes, type Escapes, hexDigits, hexParts, readableText, textParts } from './literals.ts'
import type { Plan } from './plan.ts'
import { csharpSecurity, z85ReaderOf } from './security/csharp.ts'
import { secretReaderOf } from './security.ts'

const by = '    '
const escapes: Escapes = {
  named: commonEscapes,
  hidden: (point) => (point > 0xffff ? `\\U${hexDigits(point, 8)}` : `\\u${hexDigits(point, 4)}`),
}

function literal(frame: Frame): Lines {
  const text = readableText(frame)
  return text === null
    ? joined(quoted(hexParts(frame)), ['Convert.FromHexString(', ')'], by, ' +')
    : joined(quoted(textParts(text, escapes)), ['Encoding.UTF8.GetBytes(', ')'], by, ' +')
}

const text = (value: string): string => `"${textParts(value, escapes).join('')}"`

const classes: Partial<Readonly<Record<PatternId, string>>> = {
  req: 'RequestSocket',
  rep: 'ResponseSocket',
  dealer: 'DealerSocket',
  router: 'RouterSocket',
  pub: 'PublisherSocket',
  sub: 'SubscriberSocket',
  xpub: 'XPublisherSocket',
  xsub: 'XSubscriberSocket',
  push: 'PushSocket',
  pull: 'PullSocket',
  pair: 'PairSocket',
  stream: 'StreamSocket',
}

type Kind = 'plain' | 'milliseconds' | 'seconds' | 'bytes' | 'on' | 'off'

/** What NetMQ can set: its property, and how it has the value. */
const options: Readonly<Record<string, readonly [string, Kind]>> = {
  SNDHWM: ['SendHighWatermark', 'plain'],
  RCVHWM: ['ReceiveHighWatermark', 'plain'],
  MAXMSGSIZE: ['MaxMsgSize', 'plain'],
  IMMEDIATE: ['DelayAttachOnConnect', 'on'],
  LINGER: ['Linger', 'milliseconds'],
  ROUTING_ID: ['Identity', 'bytes'],
  ROUTER_HANDOVER: ['RouterHandover', 'on'],
  XPUB_VERBOSE: ['XPubVerbose', 'on'],
  RECONNECT_IVL: ['ReconnectInterval', 'milliseconds'],
  RECONNECT_IVL_MAX: ['ReconnectIntervalMax', 'milliseconds'],
  IPV6: ['IPv4Only', 'off'],
  HEARTBEAT_IVL: ['HeartbeatInterval', 'milliseconds'],
  HEARTBEAT_TIMEOUT: ['HeartbeatTimeout', 'milliseconds'],
  HEARTBEAT_TTL: ['HeartbeatTtl', 'milliseconds'],
  TCP_KEEPALIVE: ['TcpKeepalive', 'on'],
  TCP_KEEPALIVE_IDLE: ['TcpKeepaliveIdle', 'seconds'],
  TCP_KEEPALIVE_INTVL: ['TcpKeepaliveInterval', 'seconds'],
  REQ_RELAXED: ['Relaxed', 'on'],
  REQ_CORRELATE: ['Correlate', 'on'],
  BACKLOG: ['Backlog', 'plain'],
  SNDBUF: ['SendBuffer', 'plain'],
  RCVBUF: ['ReceiveBuffer', 'plain'],
}

const milliseconds = (value: number): string => `TimeSpan.FromMilliseconds(${value})`

function valueIn(kind: Kind, value: number | boolean | string): string {
  switch (kind) {
    case 'plain':
      return String(value)
    case 'milliseconds':
      return milliseconds(Number(value))
    case 'seconds':
      return `TimeSpan.FromSeconds(${value})`
    case 'bytes':
      return literal(encodeUtf8(String(value))).join(' ')
    case 'on':
      return 'true'
    case 'off':
      return 'false'
  }
}

const words: Words = {
  label: 'C#',
  extension: 'cs',
  library: 'NetMQ',
  install: '.NET 6 or newer, with NetMQ: dotnet new console, then dotnet add package NetMQ',
  comment: '//',
  isLibzmq: false,
  by,
  literal,
  text,
  open: ({ pattern }) => [`var socket = new ${classes[pattern] ?? ''}();`],
  security: csharpSecurity(text),
  option(name, { value }) {
    const [property, kind] = options[name] ?? []
    return property === undefined || kind === undefined ? null : `socket.Options.${property} = ${valueIn(kind, value)};`
  },
  // NetMQ has no option for it: each call is given the time.
  timeout: (value) => `var patience = ${milliseconds(value)};`,
  attach: (how, endpoint) => `socket.${how === 'bind' ? 'Bind' : 'Connect'}(${endpoint});`,
  subscribe: (topic) => within('socket.Subscribe(', topic, ');'),
  sendFrame: (frame) => within('socket.SendFrame(', frame, ');'),
  wait: (value) => `Thread.Sleep(${value});`,
  send: 'socket.SendMultipartBytes(message);',
  answers: {
    none: ['socket.SendMultipartBytes(message);'],
    peer: ['socket.SendMultipartBytes(frames.Take(1).Concat(message));'],
    'peer-and-delimiter': [
      `// ${delimiterNote}`,
      'var lead = frames.Count > 2 && frames[1].Length == 0 ? 2 : 1;',
      'socket.SendMultipartBytes(frames.Take(lead).Concat(message));',
    ],
  },
  receive: {
    one: 'Receive();',
    all: ['while (Receive() != null) {', '}'],
    head: (isRepeated, lead) => [
      `${isRepeated ? 'while' : 'if'} (Receive() is ${lead === 'none' ? 'not null' : '{ } frames'})`,
    ],
    ifNotEmpty: 'if (frames[^1].Length > 0)',
  },
  block: braces(by),
}

const receiving = ({ receiveTimeoutMs }: Plan): Lines => [
  '// Prints the next message, and returns its frames; null when none comes in time.',
  'List<byte[]>? Receive() {',
  ...indented(
    [
      ...(receiveTimeoutMs === null
        ? ['var frames = socket.ReceiveMultipartBytes();']
        : [
            'var frames = new List<byte[]>();',
            'if (!socket.TryReceiveMultipartBytes(patience, ref frames)) {',
            `    Console.WriteLine("${silence(receiveTimeoutMs)}");`,
            '    return null;',
            '}',
          ]),
      'Console.WriteLine("Received:");',
      'foreach (var frame in frames) Console.WriteLine("  " + Shown(frame));',
      'return frames;',
    ],
    by,
  ),
  '}',
  '',
  '// The text of a frame, or its bytes in hex.',
  'static string Shown(byte[] frame) {',
  '    var text = Encoding.UTF8.GetString(frame);',
  '    var isText = Encoding.UTF8.GetBytes(text).SequenceEqual(frame) && !text.Any(char.IsControl);',
  '    return isText ? "\\"" + text + "\\"" : Convert.ToHexString(frame);',
  '}',
]

const messageOf = ({ message }: Plan): Lines =>
  message === null
    ? []
    : [
        'var message = new List<byte[]> {',
        ...message.flatMap((frame) => indented(within('', literal(frame), ','), by)),
        '};',
      ]

export const csharp: Language = {
  ...words,
  write(plan) {
    const { opening, steps } = partsOf(plan, words)
    return spaced(
      [
        'using System;',
        'using System.Collections.Generic;',
        'using System.Linq;',
        'using System.Text;',
        'using System.Threading;',
        'using NetMQ;',
        'using NetMQ.Sockets;',
      ],
      opening,
      messageOf(plan),
      ...steps,
      [...closingNote(plan, '//'), 'socket.Dispose();', 'NetMQConfig.Cleanup();'],
      factsOf(plan).receives ? receiving(plan) : [],
      secretReaderOf(plan.security, words.security),
      z85ReaderOf(plan.security),
    ).join('\n')
  },
}
