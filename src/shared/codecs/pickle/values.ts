import { argumentsOf, type Item, resolved } from './items.ts'
import { canonicalName } from './names.ts'
import { bytesOfLatin1 } from './strings.ts'

/** Encodings under which Python writes bytes as text in protocols that have no bytes. */
const latin1Names: ReadonlySet<string> = new Set(['latin1', 'latin-1', 'iso-8859-1'])

/** The text of a str; undefined for anything else. */
export function textOf(item: Item): string | undefined {
  const value = resolved(item)
  return value.kind === 'str' ? value.text : undefined
}

export function integerOf(item: Item): bigint | undefined {
  const value = resolved(item)
  return value.kind === 'int' ? BigInt(value.value) : undefined
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
  const encoded = callOf(value, '_codecs.encode')
  if (encoded) return encodedBytes(encoded)
  const args = callOf(value, 'builtins.bytes')
  return args?.length === 0 ? new Uint8Array() : undefined
}

/** `_codecs.encode(text, 'latin1')` */
export function encodedBytes([text, encoding]: readonly Item[]): Uint8Array | undefined {
  const content = text && textOf(text)
  const name = encoding && textOf(encoding)
  return content !== undefined && name !== undefined && latin1Names.has(name) ? bytesOfLatin1(content) : undefined
}
