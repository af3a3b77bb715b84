import type { Direction } from '../record.ts'
import type { Condition, SizeOperator } from './terms.ts'

/** What terms are about, of a record. */
export interface TermFacts {
  /** In milliseconds since the epoch. */
  readonly at: number
  readonly direction: Direction
  /** What the socket is called, and its endpoint. */
  readonly socket: readonly string[]
  /** Null for an event. */
  readonly message: MessageFacts | null
}

interface MessageFacts {
  /** In bytes, without the envelope. */
  readonly size: number
  /** Whether the message begins with a text, or with the bytes of `h'00 ff'`. */
  begins(text: string): boolean
  /** Whether its peer does. */
  isPeer(text: string): boolean
}

const orders: Readonly<Record<SizeOperator, (size: number, bytes: number) => boolean>> = {
  '=': (size, bytes) => size === bytes,
  '<': (size, bytes) => size < bytes,
  '<=': (size, bytes) => size <= bytes,
  '>': (size, bytes) => size > bytes,
  '>=': (size, bytes) => size >= bytes,
}

/** Whether a condition holds, where no store can tell. */
export function holds(condition: Condition, { at, direction, socket, message }: TermFacts): boolean {
  switch (condition.of) {
    case 'topic':
      return message?.begins(condition.text) === true
    case 'socket':
      return socket.some((name) => name.toLowerCase().includes(condition.text.toLowerCase()))
    case 'peer':
      return (
        (condition.direction === null || condition.direction === direction) && message?.isPeer(condition.text) === true
      )
    case 'direction':
      return direction === condition.direction
    case 'size':
      return message !== null && orders[condition.operator](message.size, condition.bytes)
    case 'time':
      return condition.operator === '<' ? at < condition.at : at >= condition.at
  }
}
