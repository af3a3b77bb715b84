import { type Comparison, comparisonAt } from './search/comparison.ts'
import { patternAt } from './search/pattern.ts'
import { type Condition, searchTerms } from './search/terms.ts'

/** The most characters in the text of a search. */
export const maximumSearchLength = 1000

/** A text, or bytes, that must be there, or must not. */
export interface SearchWord {
  readonly kind: 'text' | 'bytes'
  /** The text, or the bytes as hex digits. */
  readonly text: string
  readonly excludes: boolean
}

/** A regular expression that must match, or must not. */
export interface SearchPattern {
  readonly kind: 'pattern'
  readonly pattern: RegExp
  readonly excludes: boolean
}

/** A condition that must hold, or must not. */
export interface SearchTerm {
  readonly kind: 'term'
  readonly condition: Condition
  readonly excludes: boolean
}

/** What is looked for: all of it must hold. */
export interface Search {
  readonly words: readonly SearchWord[]
  readonly patterns: readonly SearchPattern[]
  readonly terms: readonly SearchTerm[]
  readonly comparisons: readonly Comparison[]
  /** Why nothing can be looked for: what is wrong in the text. */
  readonly problem: string | null
}

const nothing: Search = { words: [], patterns: [], terms: [], comparisons: [], problem: null }

const quoted = /^"((?:[^"\\]|\\.)*)(?:"|$)/s
const bytes = /^h'([0-9a-fA-F\s]*)'/
const word = /^\S+/
const termName = /^([a-z]+):/

const unescaped = (text: string): string => text.replace(/\\(["\\])/g, '$1')

interface Read {
  readonly part: SearchWord | SearchPattern | SearchTerm | Comparison | null
  readonly length: number
  readonly problem?: string
}

/** The word at the beginning of the rest of a text. */
function readWord(rest: string, excludes: boolean): Read {
  const [allQuoted, inQuotes] = quoted.exec(rest) ?? []
  if (allQuoted !== undefined && inQuotes !== undefined) {
    const text = unescaped(inQuotes)
    return { part: text === '' ? null : { kind: 'text', text, excludes }, length: allQuoted.length }
  }
  const [allBytes, digits] = bytes.exec(rest) ?? []
  const compact = digits?.replace(/\s/g, '') ?? ''
  if (allBytes !== undefined && compact !== '' && compact.length % 2 === 0) {
    return { part: { kind: 'bytes', text: compact.toLowerCase(), excludes }, length: allBytes.length }
  }
  const [text = ''] = word.exec(rest) ?? []
  return { part: { kind: 'text', text, excludes }, length: text.length }
}

/** The term at the beginning of the rest of a text; null when there is none. Its value can be in quotes. */
function readTerm(rest: string, excludes: boolean, now: number): Read | null {
  const [before = '', name] = termName.exec(rest) ?? []
  const term = searchTerms.find((each) => each.name === name)
  if (!term) return null
  const value = rest.slice(before.length)
  const [all = '', inQuotes] = quoted.exec(value) ?? bytes.exec(value) ?? word.exec(value) ?? []
  const text = inQuotes === undefined || !all.startsWith('"') ? all : unescaped(inQuotes)
  const condition = text === '' ? null : term.read(text, now)
  if (condition === null) return null
  const length = before.length + all.length
  if ('problem' in condition) return { part: null, length, problem: condition.problem }
  return { part: { kind: 'term', condition, excludes }, length }
}

/** What stands at the beginning of the rest of a text. */
function readPart(rest: string, excludes: boolean, now: number): Read {
  const found = patternAt(rest) ?? comparisonAt(rest, excludes)
  if (!found) return readTerm(rest, excludes, now) ?? readWord(rest, excludes)
  const { length } = found
  if ('problem' in found) return { part: null, length, problem: found.problem }
  if ('comparison' in found) return { part: found.comparison, length }
  return { part: { kind: 'pattern', pattern: found.pattern, excludes }, length }
}

/**
 * Reads what a person types to search. Words are separated by spaces, and all must be there; `"two words"` are one, with
 * `\"` and `\\` for these characters; `-word` must not be there; `/regex/i` is a regular expression of JavaScript, and
 * `h'00 ff'` are bytes. `name:value` is a term (terms.ts) and `price > 100` a comparison (comparison.ts). A text that
 * only looks like one of these is a word. `now`, in milliseconds since the epoch, tells the day of a time.
 */
export function parseSearch(text: string, now = Date.now()): Search {
  const words: SearchWord[] = []
  const patterns: SearchPattern[] = []
  const terms: SearchTerm[] = []
  const comparisons: Comparison[] = []
  for (let rest = text.trimStart(); rest !== ''; ) {
    const excludes = /^-\S/.test(rest)
    const { part, length, problem } = readPart(excludes ? rest.slice(1) : rest, excludes, now)
    if (problem !== undefined) return { ...nothing, problem }
    switch (part?.kind) {
      case 'pattern':
        patterns.push(part)
        break
      case 'term':
        terms.push(part)
        break
      case 'comparison':
        comparisons.push(part)
        break
      case 'text':
      case 'bytes':
        words.push(part)
        break
      case undefined:
    }
    rest = rest.slice(length + (excludes ? 1 : 0)).trimStart()
  }
  return { words, patterns, terms, comparisons, problem: null }
}
