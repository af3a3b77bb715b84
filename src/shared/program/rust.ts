import type { Frame } from '../message.ts'
import { encodeUtf8 } from '../utf8.ts'
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
  typeOf,
  type Words,
  within,
} from './language.ts'
import { commonEscapes, type Escapes, numberParts, readableText, textParts } from './literals.ts'
import type { Plan } from './plan.ts'
import { rustSecurity } from './security/rust.ts'
import { secretReaderOf } from './security.ts'

const by = '    '
const escapes: Escapes = { named: commonEscapes, hidden: (point) => `\\u{${point.toString(16)}}` }

function literal(frame: Frame): Lines {
  const text = readableText(frame)
  if (text === null) {
    const parts = numberParts(frame)
    return parts.length === 1 ? [`&[${parts[0]?.slice(0, -1)}][..]`] : ['&[', ...indented(parts, by), '][..]']
  }
  const parts = quoted(textParts(text, escapes))
  return parts.length === 1 ? [`${parts[0]}.as_bytes()`] : joined(parts, ['concat!(', ').as_bytes()'], by, ',')
}

const text = (value: string): string => `"${textParts(value, escapes).join('')}"`

type Kind = 'switch' | 'number' | 'bytes' | 'text'

/** What the crate can set. */
const options: Readonly<Record<string, Kind>> = {
  SNDHWM: 'number',
  RCVHWM: 'number',
  MAXMSGSIZE: 'number',
  CONFLATE: 'switch',
  IMMEDIATE: 'switch',
  LINGER: 'number',
  ROUTING_ID: 'bytes',
  PROBE_ROUTER: 'switch',
  ROUTER_HANDOVER: 'switch',
  XPUB_VERBOSE: 'switch',
  XPUB_WELCOME_MSG: 'text',
  RECONNECT_IVL: 'number',
  RECONNECT_IVL_MAX: 'number',
  CONNECT_TIMEOUT: 'number',
  HANDSHAKE_IVL: 'number',
  IPV6: 'switch',
  HEARTBEAT_IVL: 'number',
  HEARTBEAT_TIMEOUT: 'number',
  HEARTBEAT_TTL: 'number',
  TCP_KEEPALIVE: 'number',
  TCP_KEEPALIVE_IDLE: 'number',
  TCP_KEEPALIVE_INTVL: 'number',
  TCP_KEEPALIVE_CNT: 'number',
  REQ_RELAXED: 'switch',
  REQ_CORRELATE: 'switch',
  BACKLOG: 'number',
  SNDBUF: 'number',
  RCVBUF: 'number',
  TOS: 'number',
  SOCKS_PROXY: 'text',
}

function valueIn(kind: Kind, value: number | boolean | string): string {
  if (kind === 'text') return `Some(${text(String(value))})`
  if (kind === 'bytes') return literal(encodeUtf8(String(value))).join(' ')
  return kind === 'switch' ? String(value) : String(Number(value))
}

const words: Words = {
  label: 'Rust',
  extension: 'rs',
  library: 'the crate zmq',
  install: 'Rust with the crate zmq, and libzmq: cargo add zmq@0.10',
  comment: '//',
  isLibzmq: true,
  by,
  literal,
  text,
  open: ({ pattern }) => [
    'let context = zmq::Context::new();',
    `let socket = context.socket(zmq::${typeOf(pattern)})?;`,
  ],
  security: rustSecurity(text),
  option(name, { value }) {
    const kind = options[name]
    const setter = name === 'ROUTING_ID' ? 'identity' : name.toLowerCase()
    return kind === undefined ? null : `socket.set_${setter}(${valueIn(kind, value)})?;`
  },
  timeout: (milliseconds) => `socket.set_rcvtimeo(${milliseconds})?;`,
  attach: (how, endpoint) => `socket.${how}(${endpoint})?;`,
  subscribe: (topic) => within('socket.set_subscribe(', topic, ')?;'),
  sendFrame: (frame) => within('socket.send(', frame, ', 0)?;'),
  wait: (milliseconds) => `std::thread::sleep(std::time::Duration::from_millis(${milliseconds}));`,
  send: 'socket.send_multipart(&message, 0)?;',
  answers: {
    none: ['socket.send_multipart(&message, 0)?;'],
    peer: [
      'frames.truncate(1);',
      'frames.extend(message.iter().map(|frame| frame.to_vec()));',
      'socket.send_multipart(frames, 0)?;',
    ],
    'peer-and-delimiter': [
      `// ${delimiterNote}`,
      'let lead = if frames.len() > 2 && frames[1].is_empty() { 2 } else { 1 };',
      'frames.truncate(lead);',
      'frames.extend(message.iter().map(|frame| frame.to_vec()));',
      'socket.send_multipart(frames, 0)?;',
    ],
  },
  receive: {
    one: 'receive(&socket)?;',
    all: ['while receive(&socket)?.is_some() {}'],
    head: (isRepeated, lead) => [
      `${isRepeated ? 'while' : 'if'} let Some(${lead === 'none' ? '_' : 'mut frames'}) = receive(&socket)?`,
    ],
    ifNotEmpty: 'if frames.last().is_some_and(|frame| !frame.is_empty())',
  },
  block: braces(by),
}

const receiving = ({ receiveTimeoutMs }: Plan): Lines => [
  '/// Prints the next message, and returns its frames; None when none comes in time.',
  'fn receive(socket: &zmq::Socket) -> zmq::Result<Option<Vec<Vec<u8>>>> {',
  ...indented(
    [
      ...(receiveTimeoutMs === null
        ? ['let frames = socket.recv_multipart(0)?;']
        : [
            'let frames = match socket.recv_multipart(0) {',
            '    Err(zmq::Error::EAGAIN) => {',
            `        println!("${silence(receiveTimeoutMs)}");`,
            '        return Ok(None);',
            '    }',
            '    received => received?,',
            '};',
          ]),
      'println!("Received:");',
      'for frame in &frames {',
      '    match std::str::from_utf8(frame) {',
      '        Ok(text) => println!("  {text:?}"),',
      '        Err(_) => println!("  {frame:02x?}"),',
      '    }',
      '}',
      'Ok(Some(frames))',
    ],
    by,
  ),
  '}',
]

const messageOf = ({ message }: Plan): Lines =>
  message === null
    ? []
    : [
        'let message: Vec<&[u8]> = vec![',
        ...message.flatMap((frame) => indented(within('', literal(frame), ','), by)),
        '];',
      ]

export const rust: Language = {
  ...words,
  write(plan) {
    const { opening, steps } = partsOf(plan, words)
    const body = spaced(opening, messageOf(plan), ...steps, [...closingNote(plan, '//'), 'Ok(())'])
    return spaced(secretReaderOf(plan.security, words.security), factsOf(plan).receives ? receiving(plan) : [], [
      'fn main() -> zmq::Result<()> {',
      ...indented(body, by),
      '}',
    ]).join('\n')
  },
}
