import type { Frame } from '../message.ts'
import { encodeUtf8 } from '../utf8.ts'
import {
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
import { commonEscapes, type Escapes, hexDigits, hexParts, readableText, textParts } from './literals.ts'
import type { Plan } from './plan.ts'
import { pythonSecurity } from './security/python.ts'
import { hasAuthenticator, readsSecret, stopping } from './security.ts'

const by = '    '
const escapes: Escapes = {
  named: commonEscapes,
  hidden: (point) => (point > 0xffff ? `\\U${hexDigits(point, 8)}` : `\\u${hexDigits(point, 4)}`),
}
const isAscii = /^[\x20-\x7e\t\n\r]*$/

function literal(frame: Frame): Lines {
  const text = readableText(frame)
  if (text === null) return joined(quoted(hexParts(frame)), ['bytes.fromhex(', ')'], by)
  const parts = quoted(textParts(text, escapes))
  const [open, close] = parts.length === 1 ? ['', ''] : ['(', ')']
  // Only a literal of ASCII can be one of bytes.
  if (isAscii.test(text))
    return joined(
      parts.map((part) => `b${part}`),
      [open, close],
      by,
    )
  return joined(parts, [open, `${close}.encode()`], by)
}

const text = (value: string): string => `"${textParts(value, escapes).join('')}"`
const bytes = (value: string): string => literal(encodeUtf8(value)).join(' ')

const valueIn = (value: number | boolean | string): string =>
  typeof value === 'string' ? bytes(value) : String(Number(value))

const words: Words = {
  label: 'Python',
  extension: 'py',
  library: 'pyzmq',
  install: 'Python 3.8 or newer, with pyzmq: pip install pyzmq',
  comment: '#',
  isLibzmq: true,
  by,
  literal,
  text,
  open: ({ pattern }) => ['context = zmq.Context()', `socket = context.socket(zmq.${typeOf(pattern)})`],
  security: pythonSecurity(text, bytes),
  option: (name, { value }) => `socket.setsockopt(zmq.${name}, ${valueIn(value)})`,
  timeout: (milliseconds) => `socket.setsockopt(zmq.RCVTIMEO, ${milliseconds})`,
  attach: (how, endpoint) => `socket.${how}(${endpoint})`,
  subscribe: (topic) => within('socket.setsockopt(zmq.SUBSCRIBE, ', topic, ')'),
  sendFrame: (frame) => within('socket.send(', frame, ')'),
  wait: (milliseconds) => `time.sleep(${milliseconds / 1000})`,
  send: 'socket.send_multipart(message)',
  answers: {
    none: ['socket.send_multipart(message)'],
    peer: ['socket.send_multipart(frames[:1] + message)'],
    'peer-and-delimiter': [
      `# ${delimiterNote}`,
      'lead = 2 if len(frames) > 2 and frames[1] == b"" else 1',
      'socket.send_multipart(frames[:lead] + message)',
    ],
  },
  receive: {
    one: 'receive()',
    all: ['while receive():', `${by}pass`],
    head: (isRepeated) => [`${isRepeated ? 'while' : 'if'} frames := receive()`],
    ifNotEmpty: 'if frames[-1] != b""',
  },
  block: (head, body) => [`${head}:`, ...indented(body, by)],
}

const receiving = ({ receiveTimeoutMs }: Plan): Lines => [
  'def receive():',
  ...indented(
    [
      '"""Prints the next message, and returns its frames; None when none comes in time."""',
      ...(receiveTimeoutMs === null
        ? ['frames = socket.recv_multipart()']
        : [
            'try:',
            '    frames = socket.recv_multipart()',
            'except zmq.Again:',
            `    print("${silence(receiveTimeoutMs)}")`,
            '    return None',
          ]),
      'print("Received:")',
      'for frame in frames:',
      '    print(" ", frame)',
      'return frames',
    ],
    by,
  ),
]

function importsOf(plan: Plan): Lines {
  const { waits } = factsOf(plan)
  const own = [...(readsSecret(plan.security, words.security) ? ['import os'] : []), ...(waits ? ['import time'] : [])]
  const hasThread = hasAuthenticator(plan.security, words.security)
  const theirs = ['import zmq', ...(hasThread ? ['from zmq.auth.thread import ThreadAuthenticator'] : [])]
  return spaced(own, theirs)
}

export const python: Language = {
  ...words,
  write(plan) {
    const { receives } = factsOf(plan)
    const { opening, steps } = partsOf(plan, words)
    return spaced(importsOf(plan), receives ? ['', ...receiving(plan), ''] : [], opening, messageOf(plan), ...steps, [
      ...closingNote(plan, '#'),
      'socket.close()',
      ...stopping(plan.security, words.security),
      'context.term()',
    ]).join('\n')
  },
}

const messageOf = ({ message }: Plan): Lines =>
  message === null
    ? []
    : ['message = [', ...message.flatMap((frame) => indented(within('', literal(frame), ','), by)), ']']
