/** The caret's place in a JSON text, which may be incomplete or invalid. */
export interface JsonPlace {
  readonly expects: 'key' | 'value'
  /** From the outermost value to the current one: the key in an object, null in a list. For a key, up to its object. */
  readonly path: readonly (string | null)[]
  /** The other keys of the current object. */
  readonly otherKeys: readonly string[]
  /** The part of the key or value at the caret; empty between two. */
  readonly from: number
  readonly to: number
}

interface Level {
  readonly isObject: boolean
  readonly keys: string[]
  /** The key whose value is being read. */
  key: string | undefined
  /** Whether a key or value can come next: after an opening bracket, a comma or a colon. */
  isOpen: boolean
}

interface Token {
  readonly kind: string
  readonly start: number
  readonly end: number
}

const token = /"(?:[^"\\\n]|\\.)*"?|[{}[\]:,]|[^\s{}[\]:,"]+/y

/** What can be written at the caret; undefined outside any object, or where only punctuation fits. */
export function placeAt(text: string, offset: number): JsonPlace | undefined {
  const levels: Level[] = []
  let atCaret: Token | undefined
  let next = nextToken(text, 0)
  for (; next !== undefined && next.start < offset; next = nextToken(text, next.end)) {
    const isPunctuation = '{}[]:,'.includes(next.kind)
    // A string that is closed before the caret is complete; a word continues while characters are typed.
    const isTouched = next.end > offset || (next.end === offset && !(next.kind === '"' && isClosed(text, next)))
    if (!isPunctuation && isTouched) {
      atCaret = next
      break
    }
    take(levels, text, next)
  }
  const level = levels.at(-1)
  if (level === undefined || !level.isOpen) return undefined
  const isKey = level.isObject && level.key === undefined
  const path = levels.flatMap(({ isObject, key }) => (isObject ? (key === undefined ? [] : [key]) : [null]))
  const after = atCaret
    ? { start: atCaret.start, end: endAtCaret(text, offset, atCaret) }
    : { start: offset, end: offset }
  return {
    expects: isKey ? 'key' : 'value',
    path,
    otherKeys: isKey ? [...level.keys, ...keysAfter(text, after.end)] : [],
    from: after.start,
    to: after.end,
  }
}

/** An unclosed quote makes a string of everything after it; only the name at the caret counts. */
function endAtCaret(text: string, offset: number, { end }: Token): number {
  return /^[\w.\]-]*"?$/.test(text.slice(offset, end)) ? end : offset
}

/** Updates the levels with a token. */
function take(levels: Level[], text: string, { kind, start, end }: Token): void {
  const level = levels.at(-1)
  if (kind === '{' || kind === '[') {
    if (level !== undefined) level.isOpen = false
    levels.push({ isObject: kind === '{', keys: [], key: undefined, isOpen: true })
  } else if (kind === '}' || kind === ']') {
    levels.pop()
  } else if (level === undefined) {
    return
  } else if (kind === ',') {
    level.isOpen = true
    level.key = undefined
  } else if (kind === ':') {
    level.isOpen = level.key !== undefined
  } else {
    if (level.isObject && level.isOpen && level.key === undefined && kind === '"') {
      level.key = contentOf(text.slice(start, end))
      level.keys.push(level.key)
    }
    level.isOpen = false
  }
}

/** The keys of the object that continues at `offset`, up to its end. */
function keysAfter(text: string, offset: number): string[] {
  const keys: string[] = []
  let depth = 0
  let last: Token | undefined
  for (let next = nextToken(text, offset); next !== undefined; next = nextToken(text, next.end)) {
    if (next.kind === '{' || next.kind === '[') depth += 1
    if (next.kind === '}' || next.kind === ']') depth -= 1
    if (depth < 0) break
    if (next.kind === ':' && depth === 0 && last?.kind === '"') keys.push(contentOf(text.slice(last.start, last.end)))
    last = next
  }
  return keys
}

function nextToken(text: string, offset: number): Token | undefined {
  let start = offset
  while (start < text.length && /\s/.test(text.charAt(start))) start += 1
  token.lastIndex = start
  const written = token.exec(text)?.[0]
  return written === undefined ? undefined : { kind: written.charAt(0), start, end: start + written.length }
}

function isClosed(text: string, { start, end }: Token): boolean {
  return end - start > 1 && text[end - 1] === '"' && !/[^\\](?:\\\\)*\\"$/.test(text.slice(start, end))
}

/** The characters of a possibly unclosed key. Escapes are rare in names, and an invalid one names no field. */
function contentOf(quoted: string): string {
  return quoted
    .replace(/^"|"$/g, '')
    .replace(/\\u([0-9a-fA-F]{4})/g, (_match, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
