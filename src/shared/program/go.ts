import type { Frame } from '../message.ts'
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
import type { LibraryOption } from './library-options.ts'
import { commonEscapes, type Escapes, hexDigits, numberParts, readableText, textParts } from './literals.ts'
import type { Plan } from './plan.ts'
import { goSecurity } from './security/go.ts'
import { printsKey, readsSecret, secretReaderOf, stopping } from './security.ts'

const by = '\t'
const escapes: Escapes = {
  named: commonEscapes,
  hidden: (point) => (point > 0xffff ? `\\U${hexDigits(point, 8)}` : `\\u${hexDigits(point, 4)}`),
}

function literal(frame: Frame): Lines {
  const text = readableText(frame)
  const parts = text === null ? numberParts(frame) : quoted(textParts(text, escapes))
  const [first = '', ...others] = parts
  const [open, close] = text === null ? ['{', '}'] : ['(', ')']
  if (others.length === 0) return [`[]byte${open}${text === null ? first.slice(0, -1) : first}${close}`]
  if (text === null) return [`[]byte${open}`, ...indented(parts, by), close]
  // A comma follows the last part: a line that ends with an operand would end the call.
  const [last = '', ...before] = [...others].reverse()
  const middle = before.reverse().map((part) => `${part} +`)
  return [`[]byte${open}`, `${by}${first} +`, ...indented([...middle, `${last},`], by + by), close]
}

const text = (value: string): string => `"${textParts(value, escapes).join('')}"`

type Kind = 'switch' | 'number' | 'milliseconds' | 'text'

/** What zmq4 can set. */
const options: Readonly<Record<string, Kind>> = {
  SNDHWM: 'number',
  RCVHWM: 'number',
  MAXMSGSIZE: 'number',
  CONFLATE: 'switch',
  IMMEDIATE: 'switch',
  LINGER: 'milliseconds',
  ROUTING_ID: 'text',
  PROBE_ROUTER: 'number',
  ROUTER_HANDOVER: 'switch',
  XPUB_NODROP: 'switch',
  INVERT_MATCHING: 'number',
  XPUB_VERBOSE: 'number',
  XPUB_VERBOSER: 'number',
  XPUB_WELCOME_MSG: 'text',
  RECONNECT_IVL: 'milliseconds',
  RECONNECT_IVL_MAX: 'milliseconds',
  CONNECT_TIMEOUT: 'milliseconds',
  HANDSHAKE_IVL: 'milliseconds',
  IPV6: 'switch',
  HEARTBEAT_IVL: 'milliseconds',
  HEARTBEAT_TIMEOUT: 'milliseconds',
  HEARTBEAT_TTL: 'milliseconds',
  TCP_KEEPALIVE: 'number',
  TCP_KEEPALIVE_IDLE: 'number',
  TCP_KEEPALIVE_INTVL: 'number',
  TCP_KEEPALIVE_CNT: 'number',
  REQ_RELAXED: 'number',
  REQ_CORRELATE: 'number',
  BACKLOG: 'number',
  SNDBUF: 'number',
  RCVBUF: 'number',
  TCP_MAXRT: 'milliseconds',
  TOS: 'number',
  SOCKS_PROXY: 'text',
}

const milliseconds = (value: number): string => `${value} * time.Millisecond`

function valueIn(kind: Kind, value: number | boolean | string): string {
  if (kind === 'text') return text(String(value))
  if (kind === 'switch') return String(value)
  // The library tells -1 itself from a time.
  return kind === 'milliseconds' && value !== -1 ? milliseconds(Number(value)) : String(Number(value))
}

/** `SndHwm` is `Sndhwm` here: each part of libzmq's name begins with a capital. */
const setterOf = (name: string): string =>
  name === 'ROUTING_ID'
    ? 'Identity'
    : name.replace(/([A-Z0-9])([A-Z0-9]*)_?/g, (_all, first: string, rest: string) => first + rest.toLowerCase())

const words: Words = {
  label: 'Go',
  extension: 'go',
  library: 'zmq4',
  install: 'Go with zmq4, and libzmq: go mod init program && go get github.com/pebbe/zmq4',
  comment: '//',
  isLibzmq: true,
  by,
  literal,
  text,
  open: ({ pattern }) => [`socket, err := zmq.NewSocket(zmq.${typeOf(pattern)})`, 'check(err)'],
  security: goSecurity(text),
  option(name, { value }) {
    const kind = options[name]
    return kind === undefined ? null : `check(socket.Set${setterOf(name)}(${valueIn(kind, value)}))`
  },
  timeout: (value) => `check(socket.SetRcvtimeo(${milliseconds(value)}))`,
  attach: (how, endpoint) => `check(socket.${how === 'bind' ? 'Bind' : 'Connect'}(${endpoint}))`,
  subscribe: (topic) => within('check(socket.SetSubscribe(string(', topic, ')))'),
  sendFrame: (frame) => within('send(socket, ', frame, ')'),
  wait: (value) => `time.Sleep(${milliseconds(value)})`,
  send: 'send(socket, message...)',
  answers: {
    none: ['send(socket, message...)'],
    peer: ['send(socket, append(frames[:1:1], message...)...)'],
    'peer-and-delimiter': [
      `// ${delimiterNote}`,
      'lead := 1',
      'if len(frames) > 2 && len(frames[1]) == 0 {',
      `${by}lead = 2`,
      '}',
      'send(socket, append(frames[:lead:lead], message...)...)',
    ],
  },
  receive: {
    one: 'receive(socket)',
    all: ['for receive(socket) != nil {', '}'],
    head: (isRepeated) => [
      isRepeated
        ? 'for frames := receive(socket); frames != nil; frames = receive(socket)'
        : 'if frames := receive(socket); frames != nil',
    ],
    ifNotEmpty: 'if len(frames[len(frames)-1]) > 0',
  },
  block: braces(by),
}

const checking: Lines = ['func check(err error) {', '\tif err != nil {', '\t\tlog.Fatal(err)', '\t}', '}']

const sending: Lines = [
  'func send(socket *zmq.Socket, frames ...[]byte) {',
  '\t_, err := socket.SendMessage(frames)',
  '\tcheck(err)',
  '}',
]

const receiving = ({ receiveTimeoutMs }: Plan): Lines => [
  '// Prints the next message, and returns its frames; nil when none comes in time.',
  'func receive(socket *zmq.Socket) [][]byte {',
  ...indented(
    [
      'frames, err := socket.RecvMessageBytes(0)',
      ...(receiveTimeoutMs === null
        ? []
        : [
            'if err != nil && zmq.AsErrno(err) == zmq.Errno(syscall.EAGAIN) {',
            `\tfmt.Println("${silence(receiveTimeoutMs)}")`,
            '\treturn nil',
            '}',
          ]),
      'check(err)',
      'fmt.Println("Received:")',
      'for _, frame := range frames {',
      '\tfmt.Printf("  %q\\n", frame)',
      '}',
      'return frames',
    ],
    by,
  ),
  '}',
]

const messageOf = ({ message }: Plan): Lines =>
  message === null
    ? []
    : ['message := [][]byte{', ...message.flatMap((frame) => indented(within('', literal(frame), ','), by)), '}']

const takesTime = ({ libzmq, value }: LibraryOption): boolean =>
  libzmq !== null && options[libzmq] === 'milliseconds' && value !== -1

/** Go refuses a program that imports what it does not use. */
function importsOf(plan: Plan): Lines {
  const { waits, receives } = factsOf(plan)
  return [
    'import (',
    ...(receives || printsKey(plan.security) ? ['\t"fmt"'] : []),
    '\t"log"',
    ...(readsSecret(plan.security, words.security) ? ['\t"os"'] : []),
    ...(plan.receiveTimeoutMs === null ? [] : ['\t"syscall"']),
    ...(waits || plan.receiveTimeoutMs !== null || plan.options.some(takesTime) ? ['\t"time"'] : []),
    '',
    '\tzmq "github.com/pebbe/zmq4"',
    ')',
  ]
}

export const go: Language = {
  ...words,
  write(plan) {
    const { opening, steps } = partsOf(plan, words)
    const close = [
      ...closingNote(plan, '//'),
      'check(socket.Close())',
      ...stopping(plan.security, words.security),
      'check(zmq.Term())',
    ]
    return spaced(
      ['package main'],
      importsOf(plan),
      checking,
      secretReaderOf(plan.security, words.security),
      plan.message === null ? [] : sending,
      factsOf(plan).receives ? receiving(plan) : [],
      ['func main() {', ...indented(spaced(opening, messageOf(plan), ...steps, close), by), '}'],
    ).join('\n')
  },
}
