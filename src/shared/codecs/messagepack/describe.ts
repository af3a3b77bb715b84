import { simpleNull } from '../wire/simple.ts'
import type { WireExtension, WireValue } from '../wire/value.ts'
import { numpyMeaning } from './numpy.ts'
import { extensionForm, stringForm } from './strings.ts'
import { timestampText, timestampType } from './timestamp.ts'

/** The type of a value in the specification's terms, including its width. */
export function messagePackType(value: WireValue): string {
  switch (value.kind) {
    case 'integer':
      if (value.width === 0) return value.signed ? 'negative fixint' : 'positive fixint'
      return `${value.signed ? 'int' : 'uint'} ${value.width * 8}`
    case 'float':
      return `float ${value.width * 8}`
    case 'simple':
      return value.value === simpleNull ? 'nil' : 'boolean'
    case 'text':
    case 'bytes':
      return stringForm(value.kind, value.width)
    case 'array':
    case 'map':
      return value.width === 0 ? `fix${value.kind}` : `${value.kind} ${Number(value.width) * 8}`
    case 'extension':
      return extensionType(value)
    case 'chunks':
    case 'tag':
    case 'embedded':
    case 'unread':
      return value.kind
  }
}

/** A timestamp in one of its three forms has its own name. */
function extensionType({ type, bytes, width }: WireExtension): string {
  if (type === timestampType && timestampText(bytes) !== undefined) {
    if (width === 0) return `timestamp ${bytes.length * 8}`
    if (width === 1 && bytes.length === 12) return 'timestamp 96'
  }
  return extensionForm(type, bytes.length, width)
}

/** The time of a timestamp, or what a map of msgpack-numpy stands for. */
export function messagePackMeaning(value: WireValue): string | undefined {
  if (value.kind === 'map') return numpyMeaning(value)
  return value.kind === 'extension' && value.type === timestampType ? timestampText(value.bytes) : undefined
}
