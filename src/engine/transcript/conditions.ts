import type { Comparison } from '../../shared/transcript/search/comparison.ts'
import { nameIn } from '../../shared/transcript/search/path-query.ts'
import type { Condition } from '../../shared/transcript/search/terms.ts'
import type { SearchWord } from '../../shared/transcript/search.ts'
import {
  bytesOf,
  likePattern,
  messageBytes,
  messageSize,
  messageSizes,
  peersOf,
  type Statement,
  sessionIn,
} from './sql.ts'
import type { KnownSockets } from './views.ts'

/** Whether the message begins so. */
export const topicCondition = (text: string): Statement => ({
  sql: `substr(${messageBytes}, 1, length(?)) = ?`,
  values: [bytesOf(text), bytesOf(text)],
})

/** Whether that is the whole of the first frame. Sizes are told before the bytes are read. */
export function firstFrameCondition(text: string): Statement {
  const bytes = bytesOf(text)
  return {
    sql: `(${messageSizes} || ',' LIKE ? AND substr(${messageBytes}, 1, ?) = ?)`,
    values: [`${bytes.byteLength},%`, bytes.byteLength, bytes],
  }
}

/** Whether the routing id begins so. */
export const peerCondition = (text: string): Statement => ({
  sql: '(instr(peer, ?) = 1 OR instr(peer, ?) = 1)',
  values: peersOf(text),
})

function socketCondition(text: string, sockets: KnownSockets): Statement {
  const sessions = sockets.named(text)
  return {
    sql: `(name LIKE ? ESCAPE '\\' OR ${sessionIn(sessions)})`,
    values: [likePattern(text), ...sessions],
  }
}

function termOf(condition: Condition, sockets: KnownSockets): Statement {
  switch (condition.of) {
    case 'topic': {
      const { sql, values } = topicCondition(condition.text)
      return { sql: `(kind = 'message' AND ${sql})`, values }
    }
    case 'socket':
      return socketCondition(condition.text, sockets)
    case 'peer': {
      const { sql, values } = peerCondition(condition.text)
      const { direction } = condition
      return direction === null
        ? { sql, values }
        : { sql: `(direction = ? AND ${sql})`, values: [direction, ...values] }
    }
    case 'direction':
      return { sql: 'direction = ?', values: [condition.direction] }
    case 'size':
      return { sql: `(kind = 'message' AND ${messageSize} ${condition.operator} ?)`, values: [condition.bytes] }
    case 'time':
      return { sql: `at ${condition.operator} ?`, values: [condition.at] }
  }
}

/** Those that cost least go first: what stands before the body, then what is in it. */
const costs: Readonly<Record<Condition['of'], number>> = {
  direction: 0,
  time: 0,
  size: 1,
  socket: 2,
  topic: 3,
  peer: 4,
}

const hasLetters = /[a-zA-Z]/

function wordOf({ kind, text }: SearchWord): Statement {
  if (kind === 'bytes')
    return { sql: `(instr(${messageBytes}, ?) > 0 OR peer = ?)`, values: [Buffer.from(text, 'hex'), text] }
  const pattern = likePattern(text)
  const columns = ['preview', 'name', 'event'].map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')
  // Letters in either case take longer.
  const bytes = hasLetters.test(text)
    ? `instr(lower(CAST(${messageBytes} AS TEXT)), lower(?)) > 0`
    : `instr(${messageBytes}, ?) > 0`
  // The body, which stands before the peer, is read anyway.
  return {
    sql: `(${columns} OR ${bytes} OR peer IN (?, ?))`,
    values: [pattern, pattern, pattern, hasLetters.test(text) ? text : Buffer.from(text), ...peersOf(text)],
  }
}

/** How names are escaped in JSON: then their own bytes are not there. */
const jsonEscape = Buffer.from('\\u')

/**
 * Whether a comparison can hold: looked for in the bytes of a message, the name at the end of its path costs a fraction of
 * reading them. Undefined where that tells nothing.
 */
function possibleIn({ path, excludes }: Comparison, sockets: KnownSockets): Statement | undefined {
  if (excludes) return undefined
  const name = nameIn(path)
  if (name === undefined) return { sql: "kind = 'message'", values: [] }
  const sessions = sockets.nameless
  const values = [Buffer.from(name), jsonEscape]
  const found = values.map(() => 'instr(body, ?) > 0').join(' OR ')
  return { sql: `(kind = 'message' AND (${found} OR ${sessionIn(sessions)}))`, values: [...values, ...sessions] }
}

interface Searched {
  readonly terms: readonly { readonly condition: Condition; readonly excludes: boolean }[]
  readonly words: readonly SearchWord[]
  readonly comparisons: readonly Comparison[]
}

const negated = ({ sql, values }: Statement, excludes: boolean): Statement =>
  // What is not there, such as the event of a message, contains nothing.
  excludes ? { sql: `NOT ifnull(${sql}, 0)`, values } : { sql, values }

/** What SQLite can tell of a search, the cheapest first. */
export function conditionsOf({ terms, words, comparisons }: Searched, sockets: KnownSockets): readonly Statement[] {
  return [
    ...terms
      .toSorted((one, other) => costs[one.condition.of] - costs[other.condition.of])
      .map(({ condition, excludes }) => negated(termOf(condition, sockets), excludes)),
    ...words.map((word) => negated(wordOf(word), word.excludes)),
    ...comparisons.flatMap((comparison) => possibleIn(comparison, sockets) ?? []),
  ]
}
