import type { TreeNode } from '../../codecs/codec.ts'
import { type PatternRead, patternAt, readPattern } from './pattern.ts'

/** How a value is compared; `=~`: a regular expression matches. */
const operators = ['==', '!=', '<=', '>=', '=~', '<', '>'] as const

export type Operator = (typeof operators)[number]

/** A value in a message, or what it is compared with. */
export type Scalar =
  | { readonly kind: 'number'; readonly number: number | bigint; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'word'; readonly word: boolean | null }

/** A value at a path that must compare as said in any frame of a message, or in none. */
export interface Comparison {
  readonly kind: 'comparison'
  /** A JSONPath query (RFC 9535), such as `$.items[*].price`. */
  readonly path: string
  readonly operator: Operator
  readonly value: Scalar | { readonly kind: 'pattern'; readonly pattern: RegExp }
  readonly excludes: boolean
}

/** What stands at the beginning of a text: a comparison, or a mistake in one. */
export type ComparisonRead =
  | { readonly length: number; readonly comparison: Comparison }
  | { readonly length: number; readonly problem: string }

const root = /^\$/
const bareName = /^[\p{L}_][\p{L}\p{N}_]*/u
const nameStep = /^\.{1,2}(?:\*|[\p{L}\p{N}_-]+)/u
const operator = new RegExp(`^\\s*(${operators.join('|')})\\s*`)
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?=\s|$)/
/** One that is not ended reaches to the end, as quoted words do. */
const quoted = /^"((?:[^"\\]|\\.)*)(?:"(?=\s|$)|$)/s
const word = /^(?:true|false|null)(?=\s|$)/

/** The length of brackets at the beginning of a text, with what is quoted or nested in them; 0 when they do not end. */
function bracketsLength(text: string): number {
  let depth = 0
  let quote = ''
  for (let place = 0; place < text.length; place += 1) {
    const character = text.charAt(place)
    if (quote !== '') {
      if (character === '\\') place += 1
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '[') depth += 1
    else if (character === ']') depth -= 1
    if (depth === 0 && quote === '') return place + 1
  }
  return 0
}

/** The length of a path at the beginning of a text: `$` or a name, and steps from there; 0 when there is none. */
function pathLength(text: string): number {
  let length = (root.exec(text) ?? bareName.exec(text))?.[0].length ?? 0
  if (length === 0) return 0
  for (;;) {
    const rest = text.slice(length)
    const dots = /^\.\.(?=\[)/.exec(rest)?.[0].length ?? 0
    const step = rest.charAt(dots) === '[' ? bracketsLength(rest.slice(dots)) : 0
    const more = step > 0 ? dots + step : (nameStep.exec(rest)?.[0].length ?? 0)
    if (more === 0) return length
    length += more
  }
}

const escaped = /\\(?:u([0-9a-fA-F]{4})|(.))/gs
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** A quoted text with the escapes of JSON. */
const unescaped = (text: string): string =>
  text.replace(escaped, (_all, digits: string | undefined, letter: string | undefined) =>
    digits === undefined ? (escapes[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(digits, 16)),
  )

const isInteger = /^-?\d+$/
/** So many digits of an integer are a number without loss. */
const safeDigits = 15

/** A number without loss: integers of any length compare exactly. */
function numberOf(text: string): Scalar {
  const exact = isInteger.test(text) && text.length > safeDigits ? BigInt(text) : Number(text)
  return { kind: 'number', number: exact, text }
}

interface ValueRead {
  readonly length: number
  readonly value: Comparison['value']
}

/** The value at the beginning of a text; undefined when there is none. */
function valueAt(text: string, compares: Operator): ValueRead | PatternRead | undefined {
  const [allQuoted, inQuotes] = quoted.exec(text) ?? []
  if (compares === '=~') {
    if (allQuoted === undefined || inQuotes === undefined) return patternAt(text)
    return readPattern(unescaped(inQuotes), '', allQuoted.length)
  }
  if (allQuoted !== undefined && inQuotes !== undefined) {
    return { length: allQuoted.length, value: { kind: 'text', text: unescaped(inQuotes) } }
  }
  const [digits] = number.exec(text) ?? []
  if (digits !== undefined) return { length: digits.length, value: numberOf(digits) }
  const [name] = word.exec(text) ?? []
  if (name === undefined) return undefined
  return { length: name.length, value: { kind: 'word', word: name === 'null' ? null : name === 'true' } }
}

/**
 * The comparison at the beginning of a text: `price > 100`, `$.items[*].name =~ /x/i`. Undefined when there is none: a
 * name before an operator may be a word of a text, so that only what begins with `$` can be a mistake.
 */
export function comparisonAt(text: string, excludes: boolean): ComparisonRead | undefined {
  const length = pathLength(text)
  if (length === 0) return undefined
  const [before, sign] = operator.exec(text.slice(length)) ?? []
  const compares = operators.find((each) => each === sign)
  if (before === undefined || compares === undefined) return undefined
  const written = text.slice(0, length)
  const path = written.startsWith('$') ? written : `$.${written}`
  const begun = length + before.length
  const read = valueAt(text.slice(begun), compares)
  if (read && 'problem' in read) return { length: begun + read.length, problem: read.problem }
  if (read) {
    const value = 'pattern' in read ? { kind: 'pattern' as const, pattern: read.pattern } : read.value
    return {
      length: begun + read.length,
      comparison: { kind: 'comparison', path, operator: compares, value, excludes },
    }
  }
  if (!/^\$[.[]/.test(written)) return undefined
  const wanted = compares === '=~' ? 'a regular expression, such as /^eur/i' : 'a number, a "text", true, false or null'
  return { length: text.length, problem: `Write ${wanted} after ${written} ${compares}.` }
}

const numeric = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** The value of a node of a tree; undefined for one that has children, or was not read. Bytes are hex digits. */
export function scalarOf({ exact, value, type, children }: TreeNode): Scalar | undefined {
  if (children) return undefined
  if (typeof exact === 'boolean') return { kind: 'word', word: exact }
  if (typeof exact === 'number') return { kind: 'number', number: exact, text: `${exact}` }
  if (exact === null) return value === 'null' ? { kind: 'word', word: null } : undefined
  // What is shown in quotes is text, whatever is in it.
  const isNumber = numeric.test(exact) && type !== 'bytes' && !/^(?:["']|h')/.test(value)
  return isNumber ? numberOf(exact) : { kind: 'text', text: exact }
}

/** How two values of a kind are in order: negative, 0 or positive; NaN when they are in none. */
function orderOf(one: Scalar, other: Scalar): number {
  if (one.kind === 'number' && other.kind === 'number') {
    // A number and a bigint compare by what they are worth.
    return one.number < other.number ? -1 : one.number > other.number ? 1 : 0
  }
  if (one.kind === 'text' && other.kind === 'text') return one.text < other.text ? -1 : one.text > other.text ? 1 : 0
  return Number.NaN
}

const isEqual = (one: Scalar, other: Scalar): boolean =>
  one.kind === 'word' && other.kind === 'word' ? one.word === other.word : orderOf(one, other) === 0

const orders: Readonly<Record<Exclude<Operator, '==' | '!=' | '=~'>, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** Whether a value compares as wanted. Only values of a kind are in order; those of two kinds differ. */
export function isAsCompared(found: Scalar, { operator: compares, value }: Comparison): boolean {
  if (value.kind === 'pattern') return found.kind !== 'word' && value.pattern.test(found.text)
  switch (compares) {
    case '==':
      return isEqual(found, value)
    case '!=':
      return !isEqual(found, value)
    case '=~':
      return false
    default:
      return orders[compares](orderOf(found, value))
  }
}
