import type { ScalarType } from '../../shared/codecs/protobuf/schema.ts'
import type { WrittenValue } from './option-reader.ts'
import { integerOf } from './token-reader.ts'

/** The default as Protobuf JSON; undefined when it does not fit the type. */
export function defaultJson(type: ScalarType | 'enum', value: WrittenValue): string | undefined {
  if (type === 'string') return value.kind === 'string' ? JSON.stringify(value.bytes.toString()) : undefined
  if (type === 'bytes') return value.kind === 'string' ? JSON.stringify(value.bytes.toString('base64')) : undefined
  if (value.kind === 'string') return undefined
  const { text } = value
  if (type === 'enum') return JSON.stringify(text)
  if (type === 'bool') return text === 'true' || text === 'false' ? text : undefined
  if (type === 'double' || type === 'float') return floatJson(text)
  const integer = signedIntegerOf(text)
  if (integer === undefined) return undefined
  // 64-bit numbers are strings in Protobuf's JSON, because not every reader keeps all digits.
  return type.endsWith('64') ? `"${integer}"` : `${integer}`
}

function signedIntegerOf(text: string): bigint | undefined {
  const magnitude = integerOf(text.replace(/^-/, ''))
  return magnitude !== undefined && text.startsWith('-') ? -magnitude : magnitude
}

function floatJson(text: string): string | undefined {
  const bare = text.toLowerCase().replace(/^-/, '')
  if (bare === 'nan') return '"NaN"'
  if (bare === 'inf' || bare === 'infinity') return text.startsWith('-') ? '"-Infinity"' : '"Infinity"'
  const number = Number(signedIntegerOf(text) ?? text.replace(/[fF]$/, ''))
  if (text === '' || Number.isNaN(number)) return undefined
  if (!Number.isFinite(number)) return number < 0 ? '"-Infinity"' : '"Infinity"'
  // Neither BigInt nor JSON.stringify has negative zero.
  return number === 0 && text.startsWith('-') ? '-0' : JSON.stringify(number)
}
