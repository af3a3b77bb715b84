import { argumentsOf, type Item, resolved } from './items.ts'
import { canonicalName } from './names.ts'
import { bytesOfLatin1 } from './strings.ts'

/** A UUID has 128 bits. */
const mostBits = 130

/** Longer strings are not decoded again where a call refers to them. */
const longestRepeated = 1000

/** Bytes by the call that decodes them, which can be referred to often. */
const decoded = new WeakMap<Item, Uint8Array | undefined>()

/** Encodings under which Python writes bytes as text in protocols that have no bytes. */
const latin1Names: ReadonlySet<string> = new Set(['latin1', 'latin-1', 'iso-8859-1'])

/** The text of a str; undefined for anything else. */
export function textOf(item: Item): string | undefined {
  const value = resolved(item)
  return value.kind === 'str' ? value.text : undefined
}

/** An integer that is not larger than any of the known values has. */
export function integerOf(item: Item): bigint | undefined {
  const value = resolved(item)
  if (value.kind !== 'int') return undefined
  const integer = BigInt(value.value)
  return BigInt.asIntN(mostBits, integer) === integer ? integer : undefined
}

export function itemsOf(item: Item): readonly Item[] | undefined {
  const value = resolved(item)
  return value.kind === 'tuple' || value.kind === 'list' ? value.items : undefined
}

/** The arguments of a call of this name; undefined for anything else. */
export function callOf(item: Item, name: string): readonly Item[] | undefined {
  const value = resolved(item)
  return value.kind === 'call' && canonicalName(value.callable) === name ? argumentsOf(value) : undefined
}

/** Bytes, in every form that a pickle has for them. */
export function bytesOf(item: Item): Uint8Array | undefined {
  const value = resolved(item)
  if (value.kind === 'bytes' || value.kind === 'bytearray' || value.kind === 'str') return value.bytes
  if (decoded.has(value)) return decoded.get(value)
  const encoded = callOf(value, '_codecs.encode')
  if (encoded) {
    const bytes = encodedBytes(encoded)
    decoded.set(value, bytes)
    return bytes
  }
  const args = callOf(value, 'builtins.bytes')
  return args?.length === 0 ? new Uint8Array() : undefined
}

/** `_codecs.encode(text, 'latin1')` */
export function encodedBytes([text, encoding]: readonly Item[]): Uint8Array | undefined {
  const content = text && textOf(text)
  const name = encoding && textOf(encoding)
  if (content === undefined || name === undefined || !latin1Names.has(name)) return undefined
  return isRepeated(text, content.length) ? undefined : bytesOfLatin1(content)
}

/** Whether a string of this size is only referred to, and too long to be written out there. */
export function isRepeated(item: Item | undefined, size: number): boolean {
  return item?.kind === 'reference' && size > longestRepeated
}
