import type { Direction } from '../record.ts'

/** What a term of a search says of a record. */
export type Condition =
  /** The message begins with these bytes: a text, or `h'00 ff'`. */
  | { readonly of: 'topic'; readonly text: string }
  /** The name or the endpoint of the socket has this text, in any case. */
  | { readonly of: 'socket'; readonly text: string }
  /** The routing id begins so; with a direction, only what goes this way. */
  | { readonly of: 'peer'; readonly text: string; readonly direction: Direction | null }
  | { readonly of: 'direction'; readonly direction: Direction }
  /** Of the message in bytes, without its envelope. */
  | { readonly of: 'size'; readonly operator: SizeOperator; readonly bytes: number }
  /** In milliseconds since the epoch: from then on, or before then. */
  | { readonly of: 'time'; readonly operator: '>=' | '<'; readonly at: number }

export type SizeOperator = '=' | '<' | '<=' | '>' | '>='

type TermRead = Condition | { readonly problem: string } | null

/** A kind of term: `name:value`. */
interface Term {
  readonly name: string
  /** What it finds. */
  readonly words: string
  readonly example: string
  /** Reads a value; null for what only looks like one, and is a word. `now` in milliseconds since the epoch. */
  read(value: string, now: number): TermRead
}

const sizeUnits: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1000,
  m: 1e6,
  g: 1e9,
  ki: 1024,
  mi: 1024 ** 2,
  gi: 1024 ** 3,
}
const sizeForm = /^(<=|>=|==?|<|>)?(\d+(?:\.\d+)?)([a-z]*)$/i
const sizeOperators = ['<=', '>=', '<', '>', '='] as const

function readSize(value: string): TermRead {
  if (!/^[<>=\d]/.test(value)) return null
  const [, sign = '', digits, unit = ''] = sizeForm.exec(value) ?? []
  const small = unit.toLowerCase()
  const factor = sizeUnits[small] ?? sizeUnits[small.replace(/b$/, '')]
  if (digits === undefined || factor === undefined) {
    return { problem: `size:${value} is no size. Write one such as size:>1KiB or size:<=200.` }
  }
  const operator = sizeOperators.find((each) => sign.startsWith(each)) ?? '='
  return { of: 'size', operator: sign === '==' ? '=' : operator, bytes: Number(digits) * factor }
}

const timeForm = /^(?:(\d{4})-(\d{2})-(\d{2}))?(?:T?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z)?)?$/i

/** A moment in local time, or in that of Greenwich with a Z; null when there is none. */
function momentOf(value: string, now: number): number | null {
  const found = timeForm.exec(value)
  if (!found) return null
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone] = found
  const today = new Date(now)
  const date = year === undefined ? [today.getFullYear(), today.getMonth(), today.getDate()] : [+year, +month - 1, +day]
  const [y = 0, m = 0, d = 0] = date
  const time = [+hour, +minute, +second, +fraction.padEnd(3, '0')] as const
  const moment = zone === undefined ? new Date(y, m, d, ...time) : new Date(Date.UTC(y, m, d, ...time))
  // The 30th of February is the 1st of March to a Date.
  const isReal = +hour < 24 && +minute < 60 && +second < 60 && (zone !== undefined || moment.getDate() === d)
  return isReal && m < 12 ? moment.getTime() : null
}

const readTime =
  (name: string, operator: '>=' | '<') =>
  (value: string, now: number): TermRead => {
    if (!/^\d/.test(value)) return null
    const at = momentOf(value, now)
    const problem = `${name}:${value} is no time. Write one such as ${name}:10:15, ${name}:10:15:30.5 or ${name}:2024-02-29T10:15.`
    return at === null ? { problem } : { of: 'time', operator, at }
  }

const readPeer =
  (direction: Direction | null) =>
  (text: string): TermRead => ({ of: 'peer', text, direction })

const directions: readonly Direction[] = ['sent', 'received']

function readDirection(value: string): TermRead {
  const direction = directions.find((each) => each === value.toLowerCase())
  return direction === undefined ? null : { of: 'direction', direction }
}

/** The terms of a search, in the order in which they are listed. */
export const searchTerms: readonly Term[] = [
  {
    name: 'topic',
    words: 'Messages that begin with this',
    example: 'topic:prices.',
    read: (text) => ({ of: 'topic', text }),
  },
  {
    name: 'socket',
    words: 'Sockets with this in their name or endpoint',
    example: 'socket:5555',
    read: (text) => ({ of: 'socket', text }),
  },
  { name: 'peer', words: 'The routing id of the peer begins so', example: 'peer:worker-1', read: readPeer(null) },
  { name: 'from', words: 'Received from this peer', example: 'from:worker-1', read: readPeer('received') },
  { name: 'to', words: 'Sent to this peer', example: 'to:worker-1', read: readPeer('sent') },
  { name: 'is', words: 'Sent or received', example: 'is:received', read: readDirection },
  { name: 'size', words: 'The size of the message', example: 'size:>1KiB', read: readSize },
  {
    name: 'after',
    words: 'From this time on, today or on a day',
    example: 'after:10:15',
    read: readTime('after', '>='),
  },
  { name: 'before', words: 'Before this time', example: 'before:2024-02-29T10:15', read: readTime('before', '<') },
]

/** What can be searched for besides terms, with an example each. */
export const searchForms: readonly { readonly words: string; readonly example: string }[] = [
  { words: 'All words must be there', example: 'order filled' },
  { words: 'Words that stay together', example: '"order filled"' },
  { words: 'Must not be there; works before everything', example: '-heartbeat' },
  { words: 'A value, by its path in JSON, MessagePack, CBOR and others', example: 'price > 100' },
  { words: 'Any of the values of a list', example: '$.items[*].name == "x"' },
  { words: 'A value that a regular expression matches', example: '$.user =~ /^a/i' },
  { words: 'A regular expression in a frame', example: '/error [0-9]+/i' },
  { words: 'Bytes, as hex digits', example: "h'00 ff'" },
]
