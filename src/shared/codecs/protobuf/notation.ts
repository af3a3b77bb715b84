import { decodeUtf8, firstInvalidUtf8 } from '../../utf8.ts'
import { compactHex } from '../hex.ts'
import { isPackable, numberText, readNumber, unpack, wireTypeOf } from './numbers.ts'
import { scanFields, type WireField, wireTypes } from './scan.ts'
import type { MessageType, ProtobufField, ProtobufMessage, ScalarType } from './schema.ts'
import { excessBytes, readVarint } from './varint.ts'

export interface NotationOptions {
  /** Distinguishes text from messages, and provides names for the comments. */
  readonly message?: MessageType | undefined
  /** On one line, without comments. */
  readonly isCompact: boolean
  /** Approximately where to stop, for a text that is truncated anyway. */
  readonly maximumCharacters?: number
}

/** A message whose fields are being written. */
interface Level {
  readonly fields: readonly WireField[]
  readonly type: ProtobufMessage | undefined
  readonly close: string
  next: number
}

/** Deeper levels are indented no further: the text would grow with the square of the depth. */
const maximumIndent = 30

/** Floats of at most this many characters are shown as decimals; others as an integer of their bits. */
const maximumFraction = 12

const unprintable = /(?![\n\r\t\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/u
const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' }

/** Complete fields in wire notation (see `parseNotation`), which denotes exactly their bytes. */
export function notationOf(bytes: Uint8Array, fields: readonly WireField[], options: NotationOptions): string {
  return new NotationWriter(bytes, options).write(fields)
}

/** The text, if all of its characters are visible and can be typed. */
export function printableText(bytes: Uint8Array): string | undefined {
  if (firstInvalidUtf8(bytes) !== undefined) return undefined
  const text = decodeUtf8(bytes)
  return text === undefined || unprintable.test(text) ? undefined : text
}

/** Uses its own stack of messages, so that no input overflows the call stack. */
class NotationWriter {
  readonly #bytes: Uint8Array
  readonly #options: NotationOptions
  readonly #pieces: string[] = []
  #length = 0
  readonly #levels: Level[] = []

  constructor(bytes: Uint8Array, options: NotationOptions) {
    this.#bytes = bytes
    this.#options = options
  }

  write(fields: readonly WireField[]): string {
    const { message, maximumCharacters = Number.POSITIVE_INFINITY } = this.#options
    this.#levels.push({ fields, type: message?.schema.messages[message.name], close: '', next: 0 })
    for (let level = this.#levels.at(-1); level !== undefined; level = this.#levels.at(-1)) {
      if (this.#length > maximumCharacters) break
      const field = level.fields[level.next]
      level.next += 1
      if (field === undefined) {
        this.#levels.pop()
        if (level.close !== '') this.#put(this.#lineBreak() + level.close)
      } else {
        if (this.#length > 0) this.#put(this.#lineBreak())
        this.#field(
          field,
          level.type?.fields.find(({ number }) => number === field.number),
        )
      }
    }
    return this.#pieces.join('')
  }

  #field(field: WireField, known: ProtobufField | undefined): void {
    const excess = excessBytes(this.#bytes, { start: field.start, end: field.valueStart })
    const tag = `${longForm(excess)}${field.number}: `
    const comment = known && !this.#options.isCompact ? `  # ${known.name}` : ''
    switch (field.wireType) {
      case wireTypes.varint: {
        const value = this.#varint(field.valueStart, field.end)
        // Bits beyond the 64th have no notation, so the whole field is written as raw bytes.
        this.#put((value === undefined ? rawText(this.#bytes.subarray(field.start, field.end)) : tag + value) + comment)
        break
      }
      case wireTypes.lengthDelimited:
        this.#put(tag)
        this.#lengthDelimited(field, known, comment)
        break
      case wireTypes.group: {
        const endExcess = excessBytes(this.#bytes, { start: field.contentEnd, end: field.end })
        const close = `${endExcess > 0 ? `long-form:${endExcess} ` : ''}}`
        this.#open(`${tag}!{`, comment, field.fields ?? [], known, close)
        break
      }
      default:
        this.#put(tag + this.#fixed(field.valueStart, field.end) + comment)
    }
  }

  #lengthDelimited(field: WireField, known: ProtobufField | undefined, comment: string): void {
    const { contentStart, contentEnd } = field
    const prefix = longForm(excessBytes(this.#bytes, { start: field.valueStart, end: contentStart }))
    const content = this.#bytes.subarray(contentStart, contentEnd)
    if (content.length === 0) {
      this.#put(`${prefix}{}${comment}`)
      return
    }
    const numbers = known && isPackable(known.type) ? this.#packed(field, known) : undefined
    if (numbers !== undefined) {
      this.#put(`${prefix}{${numbers}}${comment}`)
      return
    }
    const isMessage = known?.type === 'message'
    const text = isMessage ? undefined : printableText(content)
    if (text !== undefined) {
      const quoted = text.replace(/[\n\r\t"\\]/g, (character) => escapes[character] ?? character)
      this.#put(`${prefix}{"${quoted}"}${comment}`)
      return
    }
    const isText = known?.type === 'string' || known?.type === 'bytes'
    const scan = isText ? undefined : scanFields(this.#bytes, contentStart, contentEnd, this.#levels.length)
    if (scan === undefined || scan.fault !== undefined) this.#put(`${prefix}{${rawText(content)}}${comment}`)
    else this.#open(`${prefix}{`, comment, scan.fields, known, '}')
  }

  #open(
    opening: string,
    comment: string,
    fields: readonly WireField[],
    known: ProtobufField | undefined,
    close: string,
  ) {
    if (fields.length === 0) {
      this.#put(opening + close + comment)
      return
    }
    this.#put(opening + comment)
    const type = known?.typeName ? this.#options.message?.schema.messages[known.typeName] : undefined
    this.#levels.push({ fields, type, close, next: 0 })
  }

  #packed(field: WireField, known: ProtobufField): string | undefined {
    const isVarint = wireTypeOf(known.type) === wireTypes.varint
    const texts = unpack(this.#bytes, field, known.type)?.map(({ valueStart, end }) =>
      isVarint ? this.#varint(valueStart, end) : this.#fixed(valueStart, end),
    )
    return texts?.includes(undefined) ? undefined : texts?.join(' ')
  }

  #varint(start: number, end: number): string | undefined {
    const varint = readVarint(this.#bytes, start, end)
    if (varint === undefined || varint.overflows) return undefined
    return longForm(excessBytes(this.#bytes, varint)) + BigInt.asIntN(64, varint.value)
  }

  #fixed(valueStart: number, end: number): string {
    const isSmall = end - valueStart === 4
    const suffix = isSmall ? 'i32' : 'i64'
    const [floatType, integerType]: [ScalarType, ScalarType] = isSmall ? ['float', 'sfixed32'] : ['double', 'sfixed64']
    const place = { valueStart, end }
    const float = readNumber(this.#bytes, place, floatType)
    if (float === Number.POSITIVE_INFINITY) return `inf${suffix.slice(1)}`
    if (float === Number.NEGATIVE_INFINITY) return `-inf${suffix.slice(1)}`
    const text = numberText(float, floatType)
    const decimal = text.includes('.') ? text : `${text}.0`
    if (float !== 0 && /^-?\d+\.\d+$/.test(decimal) && decimal.length <= maximumFraction) return decimal + suffix
    return `${readNumber(this.#bytes, place, integerType)}${suffix}`
  }

  #lineBreak(): string {
    if (this.#options.isCompact) return ' '
    return `\n${'  '.repeat(Math.min(this.#levels.length - 1, maximumIndent))}`
  }

  #put(piece: string): void {
    this.#length += piece.length
    this.#pieces.push(piece)
  }
}

function longForm(excess: number): string {
  return excess > 0 ? `long-form:${excess} ` : ''
}

function rawText(bytes: Uint8Array): string {
  return `\`${compactHex(bytes)}\``
}
