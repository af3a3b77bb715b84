import { trailingNuls } from '../../plain-text.ts'
import { utf8Length } from '../../utf8.ts'
import { CodecError, type Reading, type Span, type TreeNode } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { countOf } from '../wire/count.ts'
import { exactScalar } from '../wire/exact.ts'
import { emptyFrame, leftOverNode, leftOverRoot, type NodePlace, nodeOf, sequenceRoot } from '../wire/node.ts'
import { maximumValues } from '../wire/reader.ts'
import { type EscapedText, escapeInvalid, hasInvalid } from './escaped-bytes.ts'
import { type JsonReading, type OpenArray, type OpenObject, readJson } from './parse.ts'
import type { JsonMember, JsonString, JsonValue } from './value.ts'

const byteOrderMark = '\ufeff'

/** The tree of everything readable in JSON, which may be incomplete or invalid UTF-8, and the first fault. */
export function readJsonTree(bytes: Uint8Array): Reading {
  if (bytes.length === 0) return { root: undefined, fault: emptyFrame() }
  const nuls = trailingNuls(bytes)
  const content = bytes.subarray(0, bytes.length - nuls)
  const source = escapeInvalid(content)
  const start = source.text.startsWith(byteOrderMark) ? 1 : 0
  const reading = readJson(source.text, start, maximumValues, true)
  const root = new JsonTree(source, content).root(reading)
  const found = firstFault(source, reading, start > 0)
  // Where the content ends too early, a NUL stands in its place.
  const fault =
    found && nuls > 0 && found.offset === content.length
      ? new CodecError(found.code, found.message, found.offset)
      : found
  const count = reading.documents.length
  return { root: root && withNuls(root, nuls), fault, ...(count > 1 ? { documents: count } : {}) }
}

/** Says of a value which NULs follow it: they end a string in C, and are no part of JSON. */
function withNuls(root: TreeNode, nuls: number): TreeNode {
  if (nuls === 0) return root
  const note = `followed by ${nuls === 1 ? 'a NUL' : `${nuls} NULs`}`
  return { ...root, note: root.note === undefined ? note : `${root.note}, ${note}` }
}

/** The fault that comes first in the bytes. The walk tolerates invalid UTF-8 unless that ends it. */
function firstFault(source: EscapedText, reading: JsonReading, hasMark: boolean): CodecError | undefined {
  // What is read on after comes before where reading ended.
  const fault = reading.foreign ?? reading.fault
  if (hasMark) {
    const message = 'JSON must not begin with a byte order mark (U+FEFF)'
    return new CodecError('decode-failed', message, 0, utf8Length(byteOrderMark))
  }
  const { firstInvalid, byteAt } = source
  const offset = fault && byteAt(fault.offset)
  if (firstInvalid !== undefined && (offset === undefined || firstInvalid <= offset)) {
    const message = `Byte ${firstInvalid} is not valid UTF-8`
    return new CodecError('decode-failed', message, firstInvalid)
  }
  if (!fault || offset === undefined) return undefined
  return new CodecError('decode-failed', fault.message, offset, byteAt(fault.offset + fault.length) - offset)
}

class JsonTree {
  readonly #text: string
  readonly #byteAt: (index: number) => number
  readonly #bytes: Uint8Array
  readonly #checksStrings: boolean

  constructor({ text, byteAt, firstInvalid }: EscapedText, bytes: Uint8Array) {
    this.#text = text
    this.#byteAt = byteAt
    this.#bytes = bytes
    this.#checksStrings = firstInvalid !== undefined
  }

  root(reading: JsonReading): TreeNode | undefined {
    const { documents, fault } = reading
    const [first] = documents
    if (!first) return this.#cut(reading, {})
    if (!fault && documents.length === 1) return this.#node(first, {})
    if (documents.length > 1) {
      const whole = documents.map((document, index) => this.#node(document, { key: String(index) }))
      const place = { key: String(documents.length) }
      const last = fault ? [this.#cut(reading, place) ?? this.#leftOver(reading.offset, place)] : []
      return sequenceRoot([...whole, ...last], this.#bytes.length)
    }
    return leftOverRoot(this.#node(first, {}), this.#leftOver(reading.open[0]?.start ?? reading.offset, {}))
  }

  #leftOver(start: number, place: NodePlace): TreeNode {
    const rest = this.#spanOf({ start, end: this.#text.length })
    const source = this.#text.slice(start)
    const exact = this.#isInvalid(source) ? this.#hexOf(rest) : source
    return leftOverNode(rest, this.#shown(source, rest), exact, place)
  }

  /** What could be read of a value that is not whole; undefined where not even its first character could be. */
  #cut({ open, offset }: JsonReading, place: NodePlace): TreeNode | undefined {
    let inner = this.#unread(offset, this.#placeIn(open.at(-1), place), open.at(-1))
    for (let index = open.length - 1; index >= 0; index -= 1) {
      const container = open[index]
      if (container) inner = this.#cutContainer(container, inner, this.#placeIn(open[index - 1], place))
    }
    // A frame that is invalid from its first character has no tree.
    return inner?.note?.endsWith('cut short') ? inner : undefined
  }

  #node(value: JsonValue, place: NodePlace): TreeNode {
    const span = this.#spanOf(value)
    switch (value.kind) {
      case 'array': {
        const children = value.items.map((item, index) => this.#node(item, { key: String(index) }))
        return nodeOf('array', countOf(children.length, 'item'), null, span, place, undefined, children)
      }
      case 'object': {
        const children = this.#members(value.members)
        return nodeOf('object', countOf(children.length, 'entry'), null, span, place, undefined, children)
      }
      case 'string':
        return this.#string(value, span, place)
      default: {
        const source = this.#text.slice(value.start, value.end)
        if (value.kind === 'number' && value.isForeign) return nodeOf('number', source, source, span, place, 'not JSON')
        return nodeOf(value.kind, source, exactScalar(source), span, place)
      }
    }
  }

  #string(value: JsonString, span: Span, place: NodePlace): TreeNode {
    const source = this.#text.slice(value.start, value.end)
    if (!this.#isInvalid(source)) return nodeOf('string', source, value.value, span, place)
    const digits = this.#hexOfString(span)
    return nodeOf('string', `h'${digits}'`, digits, span, place, 'invalid UTF-8')
  }

  #members(members: readonly JsonMember[]): TreeNode[] {
    const before = new Set<string>()
    return members.map(({ key, value }) => {
      const isDuplicate = before.has(key.value)
      before.add(key.value)
      return this.#node(value, this.#keyed(key, isDuplicate))
    })
  }

  #keyed(key: JsonString, isDuplicate: boolean): NodePlace {
    const keySpan = this.#spanOf(key)
    const isInvalid = this.#isInvalid(this.#text.slice(key.start, key.end))
    if (!isInvalid && !isDuplicate) return { key: key.value, keySpan }
    if (!isInvalid) return { key: key.value, keySpan, note: 'duplicate key' }
    const note = `${isDuplicate ? 'duplicate key, ' : ''}invalid UTF-8 in the key`
    return { key: `h'${this.#hexOfString(keySpan)}' (string)`, keySpan, note }
  }

  /** What follows the point where reading stopped, as the container's last child; undefined when nothing does. */
  #unread(offset: number, place: NodePlace, container: OpenArray | OpenObject | undefined): TreeNode | undefined {
    const span = this.#spanOf({ start: offset, end: this.#text.length })
    const rest = this.#text.slice(offset)
    const shown = this.#isInvalid(rest) ? `h'${this.#hexOf(span)}'` : rest
    const type = rest === '' && place.keySpan ? 'missing' : cutType(rest)
    if (type === 'string' && container?.kind === 'object' && !place.keySpan) {
      // The next key starts here.
      const end = { start: span.end, end: span.end }
      return nodeOf('missing', '', null, end, { key: shown, keySpan: span }, 'cut short')
    }
    if (type !== undefined) return nodeOf(type, shown, null, span, place, 'cut short')
    if (rest === '') return undefined
    return nodeOf('unread', this.#shown(rest, span), null, span, place, 'not read')
  }

  #cutContainer(container: OpenArray | OpenObject, last: TreeNode | undefined, place: NodePlace): TreeNode {
    const span = this.#spanOf({ start: container.start, end: this.#text.length })
    const isArray = container.kind === 'array'
    const before = isArray
      ? container.items.map((item, index) => this.#node(item, { key: String(index) }))
      : this.#members(container.members)
    const isRead = last !== undefined && last.type !== 'unread' && last.type !== 'missing'
    const size = countOf(before.length + (isRead ? 1 : 0), isArray ? 'item' : 'entry')
    const children = last ? [...before, last] : before
    return nodeOf(container.kind, size, null, span, place, 'cut short', children)
  }

  /** The key under which the container holds what comes next; `outside` where there is no container. */
  #placeIn(container: OpenArray | OpenObject | undefined, outside: NodePlace): NodePlace {
    if (container?.kind === 'array') return { key: String(container.items.length) }
    const key = container?.key
    if (!container) return outside
    if (!key) return {}
    return this.#keyed(
      key,
      container.members.some((member) => member.key.value === key.value),
    )
  }

  #spanOf({ start, end }: Span): Span {
    return { start: this.#byteAt(start), end: this.#byteAt(end) }
  }

  #isInvalid(source: string): boolean {
    return this.#checksStrings && hasInvalid(source)
  }

  /** The content between the quotes, escapes included. */
  #hexOfString({ start, end }: Span): string {
    return compactHex(this.#bytes.subarray(start + 1, end - 1))
  }

  #hexOf({ start, end }: Span): string {
    return compactHex(this.#bytes.subarray(start, end))
  }

  /** The invalid part as text, if it is text. */
  #shown(source: string, span: Span): string {
    return this.#isInvalid(source) ? `h'${this.#hexOf(span)}'` : JSON.stringify(source)
  }
}

/** The type that the text is the beginning of; undefined when none. */
function cutType(rest: string): string | undefined {
  if (isUnclosed(rest)) return 'string'
  if (/^-?(?:\d+(?:\.|(?:\.\d+)?[eE][+-]?)?)?$/.test(rest) && rest !== '') return 'number'
  if (rest !== '' && ('true'.startsWith(rest) || 'false'.startsWith(rest))) return 'boolean'
  return rest !== '' && 'null'.startsWith(rest) ? 'null' : undefined
}

/** Whether the text is a string without its closing quote. */
function isUnclosed(rest: string): boolean {
  if (rest[0] !== '"') return false
  for (let index = 1; index < rest.length; index += 1) {
    const unit = rest.charCodeAt(index)
    if (unit === 0x22 || unit < 0x20) return false
    if (unit === 0x5c) index += 1
  }
  return true
}
