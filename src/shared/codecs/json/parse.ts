import { quoteCharacter } from '../characters.ts'
import { CodecError } from '../codec.ts'
import { readForeignNumber, readScalar, readString, skipWhiteSpace } from './tokens.ts'
import type { JsonMember, JsonString, JsonValue } from './value.ts'

/** Most levels of arrays and objects; recursive walks over a value go this deep. */
export const maximumDepth = 1000

export interface OpenArray {
  readonly kind: 'array'
  readonly start: number
  readonly items: JsonValue[]
}

export interface OpenObject {
  readonly kind: 'object'
  readonly start: number
  readonly members: JsonMember[]
  /** The key whose value comes next, if a value comes next. */
  key: JsonString | undefined
}

/** How far a text could be read. */
export interface JsonReading {
  /** The complete values at its start: one, or several one after the other. */
  readonly documents: readonly JsonValue[]
  /** Containers that were opened but not closed, outermost first. */
  readonly open: readonly (OpenArray | OpenObject)[]
  /** Where reading stopped: after everything in `documents` or `open`. */
  readonly offset: number
  readonly fault: CodecError | undefined
  /** The first number that JSON does not have. Reading went on after it. */
  readonly foreign: CodecError | undefined
}

/** The single value of the text (RFC 8259), without loss. Throws `CodecError` ('encode-failed') at the first fault. */
export function parseJson(text: string): JsonValue {
  const [value, second] = parseJsonDocuments(text)
  if (second) throw unexpected(text, second.start)
  return value
}

/**
 * The values of the text: one, or several with line breaks between them (NDJSON), or objects and arrays directly one
 * after the other. Throws `CodecError` ('encode-failed') at the first fault.
 */
export function parseJsonDocuments(
  text: string,
  maximumValues = Number.POSITIVE_INFINITY,
): readonly [JsonValue, ...JsonValue[]] {
  const { documents, fault } = readJson(text, 0, maximumValues)
  if (fault) throw fault
  const [first, ...others] = documents
  if (!first) throw new Error('A JSON reading has neither a value nor a fault')
  return [first, ...others]
}

/** Reads a text from `start` up to the first fault. `takesForeign`: NaN and Infinity are none. */
export function readJson(
  text: string,
  start = 0,
  maximumValues = Number.POSITIVE_INFINITY,
  takesForeign = false,
): JsonReading {
  return new JsonReader(text, start, maximumValues, takesForeign).read()
}

/** Uses its own stack, so that no input overflows the call stack. */
class JsonReader {
  readonly #text: string
  readonly #open: (OpenArray | OpenObject)[] = []
  #offset: number
  #valuesLeft: number
  readonly #maximumValues: number
  readonly #takesForeign: boolean
  #foreign: CodecError | undefined

  constructor(text: string, start: number, maximumValues: number, takesForeign: boolean) {
    this.#text = text
    this.#offset = start
    this.#valuesLeft = maximumValues
    this.#maximumValues = maximumValues
    this.#takesForeign = takesForeign
  }

  read(): JsonReading {
    const documents: JsonValue[] = []
    let fault: CodecError | undefined
    try {
      do documents.push(this.#value())
      while (this.#offset < this.#text.length && this.#follows(documents.at(-1)))
      if (this.#offset < this.#text.length) fault = unexpected(this.#text, this.#offset)
    } catch (error) {
      if (!(error instanceof CodecError)) throw error
      fault = error
    }
    return { documents, open: this.#open, offset: this.#offset, fault, foreign: this.#foreign }
  }

  /** Whether what is here may be another document: it begins a line, or both are objects or arrays. */
  #follows(before: JsonValue | undefined): boolean {
    if (!before) return false
    const between = this.#text.slice(before.end, this.#offset)
    if (between.includes('\n')) return true
    const isContainer = before.kind === 'array' || before.kind === 'object'
    return isContainer && /[[{]/.test(this.#text.charAt(this.#offset))
  }

  #value(): JsonValue {
    this.#skip()
    for (;;) {
      let value = this.#begun()
      // A complete value goes to its parent, which may then be complete too.
      while (value) {
        this.#offset = value.end
        this.#skip()
        const parent = this.#open.at(-1)
        if (parent === undefined) return value
        this.#hand(value, parent)
        if (this.#text[this.#offset] === ',') {
          this.#afterComma(parent)
          break
        }
        value = close(this.#text, this.#offset, parent)
        this.#open.pop()
      }
    }
  }

  /** The value here if it is a scalar or empty; otherwise its opening is consumed. */
  #begun(): JsonValue | undefined {
    const text = this.#text
    const start = this.#offset
    if (this.#valuesLeft === 0) {
      throw new CodecError('encode-failed', `More than ${this.#maximumValues} values`, start)
    }
    this.#valuesLeft -= 1
    const character = text[start]
    if (character !== '[' && character !== '{') return this.#foreignNumber(start) ?? readScalar(text, start)
    if (this.#open.length === maximumDepth) {
      throw new CodecError('encode-failed', `More than ${maximumDepth} levels of nesting`, start)
    }
    const inside = skipWhiteSpace(text, start + 1)
    if (character === '[' && text[inside] === ']') return { kind: 'array', start, end: inside + 1, items: [] }
    if (character === '{' && text[inside] === '}') return { kind: 'object', start, end: inside + 1, members: [] }
    this.#offset = inside
    if (character === '[') {
      this.#open.push({ kind: 'array', start, items: [] })
    } else {
      const parent: OpenObject = { kind: 'object', start, members: [], key: undefined }
      this.#open.push(parent)
      this.#key(parent)
    }
    return undefined
  }

  #foreignNumber(start: number): JsonValue | undefined {
    const value = this.#takesForeign ? readForeignNumber(this.#text, start) : undefined
    if (!value) return undefined
    const source = this.#text.slice(value.start, value.end)
    const message = `${source} is no JSON, although some programs write it`
    this.#foreign ??= new CodecError('encode-failed', message, start, source.length)
    return value
  }

  #hand(value: JsonValue, parent: OpenArray | OpenObject): void {
    if (parent.kind === 'array') {
      parent.items.push(value)
    } else if (parent.key) {
      parent.members.push({ key: parent.key, value })
      parent.key = undefined
    }
  }

  #afterComma(parent: OpenArray | OpenObject): void {
    const comma = this.#offset
    const next = skipWhiteSpace(this.#text, comma + 1)
    const closing = parent.kind === 'array' ? ']' : '}'
    if (this.#text[next] === closing) {
      throw new CodecError('encode-failed', `Remove this ',': nothing follows it before the '${closing}'`, comma)
    }
    this.#offset = next
    if (parent.kind === 'object') this.#key(parent)
  }

  /** Consumes a key and its colon. */
  #key(parent: OpenObject): void {
    const text = this.#text
    const start = this.#offset
    if (text[start] !== '"') throw expected(text, start, 'a key in double quotes')
    parent.key = readString(text, start)
    this.#offset = parent.key.end
    this.#skip()
    if (text[this.#offset] !== ':') throw expected(text, this.#offset, "':' after the key")
    this.#offset += 1
    this.#skip()
  }

  #skip(): void {
    this.#offset = skipWhiteSpace(this.#text, this.#offset)
  }
}

function unexpected(text: string, offset: number): CodecError {
  const { quoted, length } = quoteCharacter(text, offset)
  return new CodecError('encode-failed', `Unexpected ${quoted} after the end of the JSON value`, offset, length)
}

function close(text: string, offset: number, parent: OpenArray | OpenObject): JsonValue {
  const { start } = parent
  const end = offset + 1
  if (parent.kind === 'array') {
    if (text[offset] === ']') return { kind: 'array', start, end, items: parent.items }
    throw expected(text, offset, "',' or ']'")
  }
  if (text[offset] === '}') return { kind: 'object', start, end, members: parent.members }
  throw expected(text, offset, "',' or '}'")
}

function expected(text: string, offset: number, what: string): CodecError {
  if (offset >= text.length) {
    return new CodecError('encode-failed', `Expected ${what}, but the text ends`, offset, 0)
  }
  const { quoted, length } = quoteCharacter(text, offset)
  return new CodecError('encode-failed', `Expected ${what}, found ${quoted}`, offset, length)
}
