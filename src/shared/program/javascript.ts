import type { Frame } from '../message.ts'
import { patternOf } from '../zmq/patterns.ts'
import { draftWords } from './javascript-drafts.ts'
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
import { commonEscapes, type Escapes, hexParts, readableText, textParts, utf16Escape } from './literals.ts'
import type { Plan } from './plan.ts'
import { javascriptSecurity } from './security/javascript.ts'
import { makesPair, secretReaderOf } from './security.ts'

const by = '  '
const escapes: Escapes = { named: commonEscapes, hidden: utf16Escape }

function literal(frame: Frame): Lines {
  const text = readableText(frame)
  return text === null
    ? joined(quoted(hexParts(frame)), ['Buffer.from(', ', "hex")'], by, ' +')
    : joined(quoted(textParts(text, escapes)), ['Buffer.from(', ')'], by, ' +')
}

const text = (value: string): string => `"${textParts(value, escapes).join('')}"`

/** A PUB is an XPUB in this application alone. */
const classOf = ({ pattern }: Plan): string => (pattern === 'pub' ? 'Publisher' : patternOf(pattern).library)

const words: Words = {
  label: 'JavaScript',
  extension: 'mjs',
  library: 'zeromq.js',
  install: 'Node.js 20 or newer, with zeromq.js 6: npm install zeromq',
  comment: '//',
  isLibzmq: true,
  by,
  literal,
  text,
  open: (plan) => [`const socket = new ${classOf(plan)}()`],
  security: javascriptSecurity(text),
  option: (_name, { property }) =>
    property && `socket.${property[0]} = ${typeof property[1] === 'string' ? text(property[1]) : property[1]}`,
  timeout: (milliseconds) => `socket.receiveTimeout = ${milliseconds}`,
  attach: (how, endpoint) => (how === 'bind' ? `await socket.bind(${endpoint})` : `socket.connect(${endpoint})`),
  subscribe: (topic) => within('socket.subscribe(', topic, ')'),
  sendFrame: (frame) => within('await socket.send(', frame, ')'),
  wait: (milliseconds) => `await setTimeout(${milliseconds})`,
  send: 'await socket.send(message)',
  answers: {
    none: ['await socket.send(message)'],
    peer: ['await socket.send([frames[0], ...message])'],
    'peer-and-delimiter': [
      `// ${delimiterNote}`,
      'const lead = frames.length > 2 && frames[1].length === 0 ? 2 : 1',
      'await socket.send([...frames.slice(0, lead), ...message])',
    ],
  },
  receive: {
    one: 'await receive()',
    all: ['while (await receive()) {}'],
    head: (isRepeated) => ['let frames', `${isRepeated ? 'while' : 'if'} ((frames = await receive()))`],
    ifNotEmpty: 'if (frames.at(-1).length > 0)',
  },
  block: braces(by),
}

const printing = 'console.log(" ", isUtf8(frame) ? JSON.stringify(frame.toString()) : frame.toString("hex")'

const receiving = ({ pattern, receiveTimeoutMs }: Plan): Lines => [
  '/** Prints the next message, and returns its frames; null when none comes in time. */',
  'async function receive() {',
  ...indented(
    [
      ...(receiveTimeoutMs === null
        ? ['const frames = await socket.receive()']
        : [
            'const frames = await socket.receive().catch((error) => {',
            '  if (error.code !== "EAGAIN") throw error',
            '})',
            'if (!frames) {',
            `  console.log("${silence(receiveTimeoutMs)}")`,
            '  return null',
            '}',
          ]),
      'console.log("Received:")',
      ...(patternOf(pattern).isDraft
        ? ['const [frame, facts] = frames', `${printing}, facts ?? "")`]
        : ['for (const frame of frames) {', `  ${printing})`, '}']),
      'return frames',
    ],
    by,
  ),
  '}',
]

const messageOf = ({ message }: Plan): Lines =>
  message === null
    ? []
    : ['const message = [', ...message.flatMap((frame) => indented(within('', literal(frame), ','), by)), ']']

function libraryImports(plan: Plan): Lines {
  const pair = makesPair(plan.security) ? ['curveKeyPair'] : []
  const from = (names: Lines, module: string): Lines =>
    names.length === 0 ? [] : [`import { ${names.join(', ')} } from "${module}"`]
  if (!patternOf(plan.pattern).isDraft) return from([classOf(plan), ...pair], 'zeromq')
  return [...from(pair, 'zeromq'), ...from([classOf(plan)], 'zeromq/draft.js')]
}

export const javascript: Language = {
  ...words,
  hasDrafts: true,
  write(plan) {
    const { waits, receives } = factsOf(plan)
    const { isDraft } = patternOf(plan.pattern)
    const { opening, steps } = partsOf(plan, isDraft ? draftWords(words, plan.pattern) : words)
    return spaced(
      [
        ...(receives ? ['import { isUtf8 } from "node:buffer"'] : []),
        ...(waits ? ['import { setTimeout } from "node:timers/promises"'] : []),
        ...libraryImports(plan),
      ],
      secretReaderOf(plan.security, words.security),
      opening,
      messageOf(plan),
      receives ? receiving(plan) : [],
      ...steps,
      [...closingNote(plan, '//'), 'socket.close()'],
    ).join('\n')
  },
}
