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

/** What is looked for: all of it must hold. */
export interface Search {
  readonly words: readonly SearchWord[]
  readonly patterns: readonly SearchPattern[]
  /** Why nothing can be looked for: what is wrong in the text. */
  readonly problem: string | null
}

/** `g` changes nothing here, and people write it from habit. */
const flagLetters = /^[gimsuv]*$/
const quoted = /^"((?:[^"\\]|\\.)*)(?:"|$)/s
const bytes = /^h'([0-9a-fA-F\s]*)'/
const word = /^\S+/
/** An expression ends at a slash that is neither escaped nor in a class. */
const expression = /^\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/([a-z]*)(?=\s|$)/s

const unescaped = (text: string): string => text.replace(/\\(["\\])/g, '$1')

/** What V8 says of an expression, without the expression. */
function whyInvalid(thrown: unknown, source: string): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const reason = message.split(': ').at(-1) ?? message
  return `/${source}/ is no regular expression: ${reason.toLowerCase()}.`
}

interface Read {
  readonly term: SearchWord | SearchPattern | null
  readonly length: number
  readonly problem?: string
}

function readPattern(rest: string, excludes: boolean): Read | null {
  const [all, source, flags] = expression.exec(rest) ?? []
  if (all === undefined || source === undefined || flags === undefined || !flagLetters.test(flags)) return null
  const { length } = all
  try {
    // A pattern that remembers where it stopped would match every other text.
    return { term: { kind: 'pattern', pattern: new RegExp(source, flags.replaceAll('g', '')), excludes }, length }
  } catch (thrown) {
    return { term: null, length, problem: whyInvalid(thrown, source) }
  }
}

/** The term at the beginning of the rest of a text. */
function readTerm(rest: string, excludes: boolean): Read {
  const found = readPattern(rest, excludes)
  if (found) return found
  const [allQuoted, inQuotes] = quoted.exec(rest) ?? []
  if (allQuoted !== undefined && inQuotes !== undefined) {
    const text = unescaped(inQuotes)
    return { term: text === '' ? null : { kind: 'text', text, excludes }, length: allQuoted.length }
  }
  const [allBytes, digits] = bytes.exec(rest) ?? []
  const compact = digits?.replace(/\s/g, '') ?? ''
  if (allBytes !== undefined && compact !== '' && compact.length % 2 === 0) {
    return { term: { kind: 'bytes', text: compact.toLowerCase(), excludes }, length: allBytes.length }
  }
  const [text = ''] = word.exec(rest) ?? []
  return { term: { kind: 'text', text, excludes }, length: text.length }
}

/**
 * Reads what a person types to search. Words are separated by spaces, and all must be there; `"two words"` are one, with
 * `\"` and `\\` for these characters; `-word` must not be there; `/regex/i` is a regular expression of JavaScript, and
 * `h'00 ff'` are bytes. A text that only looks like one of these is a word.
 */
export function parseSearch(text: string): Search {
  const words: SearchWord[] = []
  const patterns: SearchPattern[] = []
  for (let rest = text.trimStart(); rest !== ''; ) {
    const excludes = /^-\S/.test(rest)
    const { term, length, problem } = readTerm(excludes ? rest.slice(1) : rest, excludes)
    if (problem !== undefined) return { words: [], patterns: [], problem }
    if (term?.kind === 'pattern') patterns.push(term)
    else if (term) words.push(term)
    rest = rest.slice(length + (excludes ? 1 : 0)).trimStart()
  }
  return { words, patterns, problem: null }
}
