import { decodeUtf8 } from '../../utf8.ts'
import type { ExactValue, TreeNode } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { joinChunks } from './chunks.ts'
import { countOf } from './count.ts'
import { floatText } from './floats.ts'
import { KeyIdentities } from './keys.ts'
import { type NodePlace, nodeOf } from './node.ts'
import { simpleFalse, simpleNull, simpleText, simpleTrue } from './simple.ts'
import { bytesOfText, shownPart, textOf } from './text.ts'
import type { WireArray, WireChunks, WireExtension, WireFloat, WireMap, WireTag, WireText, WireValue } from './value.ts'

/** What a tree needs to know about the frame's format. */
export interface TreeFormat {
  /** The type in the format's terms. */
  typeOf(value: WireValue): string
  /** What a tag, an extension type or a map of a known form means, if that can be said briefly. */
  meaningOf(value: WireValue & (WireTag | WireExtension | WireMap)): string | undefined
  /** A value on one line of notation, truncated. */
  lineOf(value: WireValue, maximumCharacters: number): string
  /** What tags in a frame refer to, in formats with references. */
  referencesIn?(root: WireValue): ReadonlyMap<WireValue, WireReference>
}

/** A reference to another value of the frame by its index, and that value; undefined when none has the index. */
export interface WireReference {
  readonly index: number | bigint
  readonly target: WireValue | undefined
}

/** Most characters shown of a container key: keys nested in keys would add up without limit. */
const longestContainerKey = 100

/** Most characters shown of what a reference means. */
const longestTarget = 100

const root: NodePlace = {}

/** The value as shown in the tree view. */
export function treeOf(value: WireValue, format: TreeFormat, place: NodePlace = root): TreeNode {
  return new TreeBuilder(format, format.referencesIn?.(value)).node(value, place)
}

class TreeBuilder {
  readonly #format: TreeFormat
  readonly #identities = new KeyIdentities()
  readonly #references: ReadonlyMap<WireValue, WireReference> | undefined
  /** By what they mean: a frame can refer to one value millions of times. */
  readonly #targets = new Map<WireValue, string>()

  constructor(format: TreeFormat, references: ReadonlyMap<WireValue, WireReference> | undefined) {
    this.#format = format
    this.#references = references
  }

  node(value: WireValue, place: NodePlace): TreeNode {
    switch (value.kind) {
      case 'integer': {
        const digits = value.value.toString()
        return this.#leaf(value, place, digits, digits)
      }
      case 'float': {
        const text = floatText(value)
        return this.#leaf(value, place, text, exactFloat(value, text))
      }
      case 'simple':
        return this.#simple(value, value.value, place)
      case 'text':
        return this.#text(value, value, place)
      case 'bytes':
        return this.#bytes(value, value.bytes, place, value.note)
      case 'chunks':
        return this.#chunks(value, place)
      case 'extension': {
        const meaning = this.#format.meaningOf(value)
        if (meaning === undefined) return this.#bytes(value, value.bytes, place)
        return this.#leaf(value, place, meaning, meaning)
      }
      case 'array': {
        const children = value.items.map((item, index) => this.node(item, { key: String(index) }))
        const present = presentOf(value.items.length, value.items.at(-1))
        return this.#container(value, place, sizeText(value, present, 'item'), null, children)
      }
      case 'map': {
        const present = presentOf(value.entries.length, value.entries.at(-1)?.value)
        const shown = this.#format.meaningOf(value) ?? sizeText(value, present, 'entry')
        return this.#container(value, place, shown, null, this.#entries(value))
      }
      case 'tag': {
        const meaning = this.#referenceText(value) ?? this.#format.meaningOf(value)
        return this.#container(value, place, meaning ?? '', meaning ?? null, [this.node(value.inner, root)])
      }
      case 'embedded': {
        const children = value.items.map((item) => this.node(item, root))
        return this.#container(value, place, `${countOf(value.length, 'byte')} of CBOR`, null, children)
      }
      case 'unread':
        return nodeOf(value.type, shownPart(value), null, value, place, value.note)
    }
  }

  #leaf(value: WireValue, place: NodePlace, shown: string, exact: ExactValue, note?: string): TreeNode {
    return nodeOf(this.#format.typeOf(value), shown, exact, value, place, note)
  }

  #simple(value: WireValue, number: number, place: NodePlace): TreeNode {
    if (number === simpleNull) return this.#leaf(value, place, 'null', null)
    if (number === simpleTrue) return this.#leaf(value, place, 'true', true)
    if (number === simpleFalse) return this.#leaf(value, place, 'false', false)
    const shown = simpleText(number)
    return this.#leaf(value, place, shown, shown)
  }

  #text(value: WireValue, content: WireText, place: NodePlace): TreeNode {
    const text = textOf(content)
    if (text === undefined) return this.#bytes(value, bytesOfText(content), place, 'invalid UTF-8')
    return this.#leaf(value, place, JSON.stringify(text), text)
  }

  #bytes(value: WireValue, bytes: Uint8Array, place: NodePlace, note?: string): TreeNode {
    const digits = compactHex(bytes)
    return this.#leaf(value, place, `h'${digits}'`, digits, note)
  }

  /** A string in chunks. CBOR requires each to be valid UTF-8: a character split between two makes it invalid. */
  #chunks(value: WireValue & WireChunks, place: NodePlace): TreeNode {
    const { chunks, of } = value
    const isText = of === 'text' && chunks.every((chunk) => chunk.kind !== 'text' || textOf(chunk) !== undefined)
    const whole = joinChunks(chunks)
    const text = isText ? decodeUtf8(whole) : undefined
    const children = chunks.map((chunk) => this.node(chunk, root))
    const digits = text === undefined ? compactHex(whole) : ''
    const shown = text === undefined ? `h'${digits}'` : JSON.stringify(text)
    const note = of === 'text' && text === undefined ? 'invalid UTF-8' : undefined
    return this.#container(value, place, shown, text ?? digits, children, note)
  }

  #container(
    value: WireValue & { readonly cut?: true },
    place: NodePlace,
    shown: string,
    exact: ExactValue,
    children: TreeNode[],
    note?: string,
  ): TreeNode {
    const cut = value.cut ? 'cut short' : undefined
    const own = note !== undefined && cut !== undefined ? `${note}, ${cut}` : (note ?? cut)
    return nodeOf(this.#format.typeOf(value), shown, exact, value, place, own, children)
  }

  #entries({ entries }: WireMap): TreeNode[] {
    const before = new Set<string>()
    return entries.map(({ key, value }) => {
      // A single key cannot be a duplicate.
      const identity = entries.length > 1 ? this.#identities.of(key) : ''
      const note = before.has(identity) ? 'duplicate key' : undefined
      before.add(identity)
      return this.node(value, { key: this.#keyText(key), keySpan: { start: key.start, end: key.end }, note })
    })
  }

  /** `reference 3 = "name"`; undefined when the value is no reference. */
  #referenceText(value: WireValue): string | undefined {
    const reference = this.#references?.get(value)
    if (!reference) return undefined
    const { index, target } = reference
    if (!target) return `reference ${index} to no string`
    const known = this.#targets.get(target)
    if (known !== undefined) return known
    const line = this.#format.lineOf(target, longestTarget)
    const shown = line.length > longestTarget ? `${line.slice(0, longestTarget)}…` : line
    const text = `reference ${index} = ${shown}`
    this.#targets.set(target, text)
    return text
  }

  /** A text key as it is; any other in notation with its type, so that `1` and `"1"` differ. */
  #keyText(key: WireValue): string {
    if (key.kind === 'unread') return `${shownPart(key)} (${key.type})`
    const text = key.kind === 'text' ? textOf(key) : undefined
    if (text !== undefined) return text
    const maximum = holdsOthers(key) ? longestContainerKey : Number.POSITIVE_INFINITY
    const line = this.#referenceText(key) ?? this.#format.lineOf(key, maximum)
    return `${line} (${this.#format.typeOf(key)})`
  }
}

function holdsOthers({ kind }: WireValue): boolean {
  return kind === 'array' || kind === 'map' || kind === 'tag' || kind === 'embedded'
}

/** Number of values, without a last one of which nothing could be read. */
function presentOf(count: number, last: WireValue | undefined): number {
  return last?.kind === 'unread' ? count - 1 : count
}

function sizeText({ cut, announced }: WireArray | WireMap, present: number, thing: 'item' | 'entry'): string {
  return cut && announced !== undefined ? `${present} of ${countOf(announced, thing)}` : countOf(present, thing)
}

/** A float as a number where JSON's digits keep it; otherwise as shown. */
function exactFloat({ value, bits }: WireFloat, text: string): ExactValue {
  const isDecimal = Number.isFinite(value) && !Number.isInteger(value)
  return bits === undefined && (isDecimal || /e/.test(String(value))) ? value : text
}
