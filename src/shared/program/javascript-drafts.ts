import type { PatternId } from '../zmq/patterns.ts'
import { type Words, within } from './language.ts'

/** libzmq's numbers of options for which zeromq.js gives its draft classes no properties. */
const numbers: Readonly<Record<string, number>> = { SNDHWM: 23, RCVHWM: 24, SNDBUF: 11, RCVBUF: 12 }
const receiveTimeout = 27

const set = (number: number, value: number): string => `socket.setInt32Option(${number}, ${value})`

/** The first frame of a RADIO's message is its group. */
const sending = (pattern: PatternId): string =>
  pattern === 'radio' ? 'await socket.send(message[1], { group: message[0] })' : 'await socket.send(message[0])'

/** The words for draft types, whose messages have one frame, and beside it the peer or the group. */
export const draftWords = (words: Words, pattern: PatternId): Words => ({
  ...words,
  option(name, option) {
    const number = numbers[name]
    return number === undefined ? words.option(name, option) : set(number, Number(option.value))
  },
  timeout: (milliseconds) => set(receiveTimeout, milliseconds),
  subscribe: (group) => within('socket.join(', group, ')'),
  send: sending(pattern),
  answers: {
    ...words.answers,
    'peer-and-delimiter': ['await socket.send(message[0], { routingId: frames[1].routingId })'],
  },
})
