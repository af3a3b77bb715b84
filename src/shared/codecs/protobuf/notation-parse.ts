import { encodeUtf8 } from '../../utf8.ts'
import { quoteCharacter } from '../characters.ts'
import { CodecError } from '../codec.ts'
import { hex } from '../hex.ts'
import { maximumDepth } from '../json/parse.ts'
import { skipWhiteSpace } from '../json/tokens.ts'
import { parseNotationNumber } from './notation-number.ts'
import { wireTypes } from './scan.ts'
import { varintBytes } from './varint.ts'
import { ByteWriter } from './writer.ts'

interface Prefix {
  readonly excess: number
  readonly start: number
}

interface Tag {
  readonly number: number
  readonly excess: number
  readonly start: number
  readonly end: number
}

/** A brace that is not closed yet. */
interface Open {
  /** The field number of a group; undefined for a length-delimited value. */
  readonly group: number | undefined
  /** Where the content starts in the bytes, and the brace in the text. */
  readonly mark: number
  readonly start: number
  readonly excess: number
}

const word = /[\p{L}\p{N}_.+-]+/uy
const longForm = /long-form:/y
const maximumVarintBytes = 10
const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', '"': '"', '\\': '\\' }

/**
 * Encodes a message written field by field, similar to Google's Protoscope:
 *
 *     1: 150                varint: decimal or 0x digits, from -2^63 to 2^64-1, or true or false
 *     1: -3z                zigzag varint of a signed number
 *     1: 7i32  1: 1.5i32    32 bits: an integer, a fraction, inf32 or -inf32; 64 bits likewise with i64 and inf64
 *     2: {"text"}           length-delimited; the braces contain any sequence of fields, text (escapes
 *                           \n \r \t \0 \" \\ \xff), numbers as above, and nested braces with their own length
 *     3: !{1: 5}            group
 *     `00ff`                exactly these bytes, in place of a field or inside braces
 *     long-form:2 1: 150    the next varint (tag, number, length) takes 2 bytes more than it needs; before the `}` of
 *                           a group, its end tag does
 *     # comment             to the end of the line
 *
 * Every complete message can be written exactly; with raw bytes, so can any other byte sequence.
 */
export function parseNotation(text: string): Uint8Array {
  return new NotationParser(text).parse()
}

class NotationParser {
  readonly #text: string
  readonly #writer = new ByteWriter()
  readonly #open: Open[] = []
  #offset = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): Uint8Array {
    for (;;) {
      this.#skipSpace()
      if (this.#offset >= this.#text.length) break
      this.#item()
    }
    const last = this.#open.at(-1)
    if (last !== undefined) throw fault("This '{' has no closing '}'", last.start, 1)
    return this.#writer.finish()
  }

  /** Reads a field, a standalone value, or a closing brace. */
  #item(): void {
    const prefix = this.#longForm()
    const start = this.#offset
    const character = this.#text[start]
    const hasLength = this.#open.length > 0 && this.#open.at(-1)?.group === undefined
    if (character === '}') {
      this.#close(prefix)
    } else if (character === '`') {
      this.#refusePrefix(prefix)
      this.#writer.bytes(this.#raw())
    } else if (character === '"' || character === '{') {
      if (!hasLength) throw fault(`Expected a field number and ':' before this, such as 1: {"text"}`, start, 1)
      if (character === '{') {
        this.#openBrace(undefined, prefix?.excess ?? 0)
      } else {
        this.#refusePrefix(prefix)
        this.#string()
      }
    } else {
      const written = this.#word('a field number')
      const end = this.#offset
      this.#skipSpace()
      if (this.#text[this.#offset] === ':') {
        this.#offset += 1
        this.#value(this.#tag(written, start, prefix))
      } else {
        const [number, writtenEnd] = [parseNotationNumber(written, start), end]
        if (!hasLength) {
          throw fault(`Expected ':' after the field number, such as 1: 150`, start, writtenEnd - start)
        }
        if (number.wireType !== wireTypes.varint) this.#refusePrefix(prefix)
        this.#writer.bytes(this.#lengthened(number.bytes, prefix))
      }
    }
  }

  #tag(written: string, start: number, prefix: Prefix | undefined): Tag {
    const number = /^\d+$/.test(written) ? Number(written) : 0
    if (number < 1 || number > 0x1fffffff) {
      throw fault('A field number must be a whole number from 1 to 536870911', start, written.length)
    }
    const excess = prefix?.excess ?? 0
    if (varintBytes(BigInt(number) * 8n).length + excess > maximumVarintBytes) throw tooLong(prefix)
    return { number, excess, start, end: this.#offset }
  }

  #value(tag: Tag): void {
    this.#skipSpace()
    const prefix = this.#longForm()
    const start = this.#offset
    const character = this.#text[start]
    if (character === undefined || character === '}') {
      throw fault(`Expected a value after the field number, such as 1: 150`, tag.start, tag.end - tag.start)
    }
    if (character === '"' || character === '`') {
      const example = character === '"' ? '{"text"}' : '{`00ff`}'
      throw fault(`Put text and bytes in braces: ${tag.number}: ${example}`, start, 1)
    }
    if (character === '{') {
      this.#writer.tag(tag.number, wireTypes.lengthDelimited, tag.excess)
      this.#openBrace(undefined, prefix?.excess ?? 0)
    } else if (this.#text.startsWith('!{', start)) {
      this.#refusePrefix(prefix)
      this.#writer.tag(tag.number, wireTypes.group, tag.excess)
      this.#offset += 1
      this.#openBrace(tag.number, 0)
    } else {
      const number = parseNotationNumber(this.#word('a value'), start)
      if (number.wireType !== wireTypes.varint) this.#refusePrefix(prefix)
      this.#writer.tag(tag.number, number.wireType, tag.excess)
      this.#writer.bytes(this.#lengthened(number.bytes, prefix))
    }
  }

  #openBrace(group: number | undefined, excess: number): void {
    if (this.#open.length >= maximumDepth) throw fault(`More than ${maximumDepth} levels of nesting`, this.#offset, 1)
    this.#open.push({ group, mark: this.#writer.length, start: this.#offset, excess })
    this.#offset += 1
  }

  #close(prefix: Prefix | undefined): void {
    const open = this.#open.pop()
    if (open === undefined) throw fault("This '}' closes no '{'", this.#offset, 1)
    if (open.group === undefined) {
      this.#refusePrefix(prefix)
      const needed = varintBytes(BigInt(this.#writer.length - open.mark)).length
      if (needed + open.excess > maximumVarintBytes) throw tooLong({ excess: open.excess, start: open.start })
      this.#writer.insertLength(open.mark, open.excess)
    } else {
      const endTag = varintBytes(BigInt(open.group) * 8n + BigInt(wireTypes.endGroup))
      this.#writer.bytes(this.#lengthened(endTag, prefix))
    }
    this.#offset += 1
  }

  #longForm(): Prefix | undefined {
    const start = this.#offset
    longForm.lastIndex = start
    if (!longForm.test(this.#text)) return undefined
    this.#offset = longForm.lastIndex
    const written = this.#word("the number of additional bytes after 'long-form:'")
    if (!/^[1-9]$/.test(written)) {
      throw fault(
        "'long-form:' must be followed by a number of additional bytes from 1 to 9",
        start,
        this.#offset - start,
      )
    }
    this.#skipSpace()
    if (this.#offset >= this.#text.length) throw fault(nothingLonger, start, this.#text.length - start)
    return { excess: Number(written), start }
  }

  #refusePrefix(prefix: Prefix | undefined): void {
    if (prefix !== undefined) throw fault(nothingLonger, prefix.start, this.#offset - prefix.start)
  }

  /** The same varint in more bytes than it needs. */
  #lengthened(bytes: Uint8Array, prefix: Prefix | undefined): Uint8Array {
    if (prefix === undefined) return bytes
    if (bytes.length + prefix.excess > maximumVarintBytes) throw tooLong(prefix)
    const longer = new Uint8Array(bytes.length + prefix.excess)
    longer.set(bytes)
    for (let index = bytes.length - 1; index < longer.length - 1; index += 1)
      longer[index] = (longer[index] ?? 0) | 0x80
    return longer
  }

  #raw(): Uint8Array {
    const start = this.#offset
    const end = this.#text.indexOf('`', start + 1)
    if (end < 0) throw fault('These bytes have no closing backtick', start, this.#text.length - start)
    this.#offset = end + 1
    return shifted(start + 1, () => hex.encode(this.#text.slice(start + 1, end)))
  }

  #string(): void {
    const start = this.#offset
    let plain = start + 1
    for (let offset = plain; ; ) {
      const character = this.#text[offset]
      if (character === undefined) throw fault('This text has no closing quote', start, this.#text.length - start)
      if (character === '"' || character === '\\') {
        const [from, to] = [plain, offset]
        this.#writer.bytes(shifted(from, () => encodeUtf8(this.#text.slice(from, to))))
        if (character === '"') {
          this.#offset = offset + 1
          return
        }
        plain = this.#escape(offset)
        offset = plain
      } else {
        offset += 1
      }
    }
  }

  /** Writes the escape at `offset`, and returns the offset after it. */
  #escape(offset: number): number {
    const letter = this.#text[offset + 1] ?? ''
    const character = simpleEscapes[letter]
    if (character !== undefined) {
      this.#writer.bytes(encodeUtf8(character))
      return offset + 2
    }
    const digits = this.#text.slice(offset + 2, offset + 4)
    if (letter !== 'x' || !/^[0-9a-fA-F]{2}$/.test(digits)) {
      throw fault('A backslash must be followed by one of " \\ n r t 0, or by x and two hex digits', offset, 1)
    }
    this.#writer.bytes(Uint8Array.of(Number.parseInt(digits, 16)))
    return offset + 4
  }

  #word(what: string): string {
    const start = this.#offset
    word.lastIndex = start
    const written = word.exec(this.#text)?.[0]
    if (written === undefined) {
      if (start >= this.#text.length) throw fault(`Expected ${what}, but the text ends`, start, 0)
      const { quoted, length } = quoteCharacter(this.#text, start)
      throw fault(`Expected ${what}, found ${quoted}`, start, length)
    }
    this.#offset = start + written.length
    return written
  }

  /** Skips white space and comments. */
  #skipSpace(): void {
    for (;;) {
      this.#offset = skipWhiteSpace(this.#text, this.#offset)
      if (this.#text[this.#offset] !== '#') return
      const end = this.#text.indexOf('\n', this.#offset)
      this.#offset = end < 0 ? this.#text.length : end
    }
  }
}

const nothingLonger =
  "'long-form:' must come before a field number, a varint, a '{' with a length, or the '}' of a group"

function tooLong(prefix: Prefix | undefined): CodecError {
  return fault('A varint has at most 10 bytes', prefix?.start ?? 0, 1)
}

/** Runs a reader on part of the text, and shifts the offset of its error. */
function shifted<T>(start: number, operation: () => T): T {
  try {
    return operation()
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    throw fault(error.message, start + error.offset, error.length)
  }
}

function fault(message: string, offset: number, length: number): CodecError {
  return new CodecError('encode-failed', message, offset, length)
}
