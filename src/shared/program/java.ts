import type { Frame } from '../message.ts'
import { encodeUtf8 } from '../utf8.ts'
import {
  braces,
  closingNote,
  delimiterNote,
  factsOf,
  indented,
  type Language,
  type Lines,
  partsOf,
  quoted,
  silence,
  spaced,
  typeOf,
  type Words,
  within,
} from './language.ts'
import { commonEscapes, type Escapes, hexParts, readableText, textParts, utf16Escape } from './literals.ts'
import type { Plan } from './plan.ts'
import { javaSecurity } from './security/java.ts'
import { secretReaderOf } from './security.ts'

const by = '    '

/** A constant has 64 KiB at most, so a long frame is put together when the program runs. */
const linesOfConstant = 100

/**
 * Java replaces `\uXXXX` before it looks for quotes and the ends of lines, which no character here stands for: those are
 * named. Compilers differ in what they take a file for, so all beyond ASCII is escaped.
 */
const escapes: Escapes = {
  named: commonEscapes,
  hidden: utf16Escape,
  ascii: true,
}

function literal(frame: Frame): Lines {
  const text = readableText(frame)
  const [how, parts] =
    text === null ? (['hex', hexParts(frame)] as const) : (['utf8', textParts(text, escapes)] as const)
  const lines = quoted(parts)
  if (lines.length === 1) return [`${how}(${lines[0]})`]
  const last = lines.length - 1
  const put = lines.map((line, index) => {
    if (index === last) return line
    return (index + 1) % linesOfConstant === 0 ? `${line},` : `${line} +`
  })
  return [`${how}(`, ...indented(put, by), ')']
}

const text = (value: string): string => `"${textParts(value, escapes).join('')}"`

/** What JeroMQ can set, by the name of its setter. */
const setters: Readonly<Record<string, string>> = {
  SNDHWM: 'SndHWM',
  RCVHWM: 'RcvHWM',
  MAXMSGSIZE: 'MaxMsgSize',
  CONFLATE: 'Conflate',
  IMMEDIATE: 'Immediate',
  LINGER: 'Linger',
  ROUTING_ID: 'Identity',
  PROBE_ROUTER: 'ProbeRouter',
  ROUTER_HANDOVER: 'RouterHandover',
  XPUB_NODROP: 'XpubNoDrop',
  XPUB_VERBOSE: 'XpubVerbose',
  XPUB_VERBOSER: 'XpubVerboser',
  RECONNECT_IVL: 'ReconnectIVL',
  RECONNECT_IVL_MAX: 'ReconnectIVLMax',
  HANDSHAKE_IVL: 'HandshakeIvl',
  IPV6: 'IPv6',
  HEARTBEAT_IVL: 'HeartbeatIvl',
  HEARTBEAT_TIMEOUT: 'HeartbeatTimeout',
  HEARTBEAT_TTL: 'HeartbeatTtl',
  TCP_KEEPALIVE: 'TCPKeepAlive',
  TCP_KEEPALIVE_IDLE: 'TCPKeepAliveIdle',
  TCP_KEEPALIVE_INTVL: 'TCPKeepAliveInterval',
  TCP_KEEPALIVE_CNT: 'TCPKeepAliveCount',
  REQ_RELAXED: 'ReqRelaxed',
  REQ_CORRELATE: 'ReqCorrelate',
  BACKLOG: 'Backlog',
  SNDBUF: 'SendBufferSize',
  RCVBUF: 'ReceiveBufferSize',
  TOS: 'Tos',
  SOCKS_PROXY: 'SocksProxy',
}

function valueIn(name: string, value: number | boolean | string): string {
  if (typeof value === 'string') return name === 'ROUTING_ID' ? literal(encodeUtf8(value)).join(' ') : text(value)
  return name === 'MAXMSGSIZE' ? `${value}L` : String(value)
}

const words: Words = {
  label: 'Java',
  extension: 'java',
  library: 'JeroMQ',
  install: 'Java 17 or newer, with JeroMQ (org.zeromq:jeromq:0.6.0): java -cp jeromq-0.6.0.jar Program.java',
  comment: '//',
  isLibzmq: false,
  by,
  literal,
  text,
  open: ({ pattern }) => [
    'ZMQ.Context context = ZMQ.context(1);',
    `ZMQ.Socket socket = context.socket(SocketType.${typeOf(pattern)});`,
  ],
  security: javaSecurity(text),
  option: (name, { value }) =>
    setters[name] === undefined ? null : `socket.set${setters[name]}(${valueIn(name, value)});`,
  timeout: (milliseconds) => `socket.setReceiveTimeOut(${milliseconds});`,
  attach: (how, endpoint) => `socket.${how}(${endpoint});`,
  subscribe: (topic) => within('socket.subscribe(', topic, ');'),
  sendFrame: (frame) => within('socket.send(', frame, ');'),
  wait: (milliseconds) => `Thread.sleep(${milliseconds});`,
  send: 'send(socket, message);',
  answers: {
    none: ['send(socket, message);'],
    peer: [
      'List<byte[]> answer = new ArrayList<>(frames.subList(0, 1));',
      'answer.addAll(message);',
      'send(socket, answer);',
    ],
    'peer-and-delimiter': [
      `// ${delimiterNote}`,
      'int lead = frames.size() > 2 && frames.get(1).length == 0 ? 2 : 1;',
      'List<byte[]> answer = new ArrayList<>(frames.subList(0, lead));',
      'answer.addAll(message);',
      'send(socket, answer);',
    ],
  },
  receive: {
    one: 'receive(socket);',
    all: ['while (receive(socket) != null) {', '}'],
    head: (isRepeated) => [
      'List<byte[]> frames;',
      `${isRepeated ? 'while' : 'if'} ((frames = receive(socket)) != null)`,
    ],
    ifNotEmpty: 'if (frames.get(frames.size() - 1).length > 0)',
  },
  block: braces(by),
}

const sending: Lines = [
  'static void send(ZMQ.Socket socket, List<byte[]> frames) {',
  '    for (int index = 0; index < frames.size(); index++) {',
  '        socket.send(frames.get(index), index + 1 < frames.size() ? ZMQ.SNDMORE : 0);',
  '    }',
  '}',
]

const receiving = ({ receiveTimeoutMs }: Plan): Lines => [
  '/** Prints the next message, and returns its frames; null when none comes in time. */',
  'static List<byte[]> receive(ZMQ.Socket socket) {',
  ...indented(
    [
      'List<byte[]> frames = new ArrayList<>();',
      'do {',
      '    byte[] frame = socket.recv();',
      '    if (frame == null) {',
      ...(receiveTimeoutMs === null ? [] : [`        System.out.println("${silence(receiveTimeoutMs)}");`]),
      '        return null;',
      '    }',
      '    if (frames.isEmpty()) System.out.println("Received:");',
      '    System.out.println("  " + shown(frame));',
      '    frames.add(frame);',
      '} while (socket.hasReceiveMore());',
      'return frames;',
    ],
    by,
  ),
  '}',
  '',
  '/** The text of a frame, or its bytes in hex. */',
  'static String shown(byte[] frame) {',
  '    String text = new String(frame, StandardCharsets.UTF_8);',
  '    boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), frame)',
  '            && text.chars().noneMatch(Character::isISOControl);',
  "    return isText ? '\"' + text + '\"' : HexFormat.of().formatHex(frame);",
  '}',
]

const literals: Lines = [
  'static byte[] utf8(String... parts) {',
  '    return String.join("", parts).getBytes(StandardCharsets.UTF_8);',
  '}',
  '',
  'static byte[] hex(String... parts) {',
  '    return HexFormat.of().parseHex(String.join("", parts));',
  '}',
]

/** One frame after another: a message of many does not make one long method call. */
const messageOf = ({ message }: Plan): Lines =>
  message === null
    ? []
    : [
        'List<byte[]> message = new ArrayList<>();',
        ...message.flatMap((frame) => within('message.add(', literal(frame), ');')),
      ]

export const java: Language = {
  ...words,
  write(plan) {
    const { opening, steps } = partsOf(plan, words)
    const body = spaced(opening, messageOf(plan), ...steps, [
      ...closingNote(plan, '//'),
      'socket.close();',
      'context.term();',
    ])
    const main = ['public static void main(String[] args) throws Exception {', ...indented(body, by), '}']
    const helpers = spaced(
      plan.message === null ? [] : sending,
      factsOf(plan).receives ? receiving(plan) : [],
      literals,
      secretReaderOf(plan.security, words.security),
    )
    return spaced(
      [
        'import java.nio.charset.StandardCharsets;',
        'import java.util.ArrayList;',
        'import java.util.Arrays;',
        'import java.util.HexFormat;',
        'import java.util.List;',
        'import org.zeromq.SocketType;',
        'import org.zeromq.ZMQ;',
      ],
      ['class Program {', ...indented(spaced(main, helpers), by), '}'],
    ).join('\n')
  },
}
