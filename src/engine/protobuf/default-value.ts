import type { ScalarType } from '../../shared/codecs/protobuf/schema.ts'
import type { DefaultValue } from './declarations.ts'
import { isString, stringBytes, type Token } from './tokens.ts'

/** Parses the tokens after `default =`; adjacent strings are concatenated. */
export function defaultFromTokens(tokens: readonly Token[]): DefaultValue {
  return tokens.length > 0 && tokens.every(isString)
    ? { kind: 'string', bytes: Buffer.concat(tokens.map(stringBytes)) }
    : { kind: 'word', text: tokens.map(({ text }) => text).join('') }
}

/** The default as Protobuf JSON; undefined when it does not fit the type. */
export function defaultJson(type: ScalarType | 'enum', value: DefaultValue): string | undefined {
  if (type === 'string') return value.kind === 'string' ? JSON.stringify(value.bytes.toString()) : undefined
  if (type === 'bytes') return value.kind === 'string' ? JSON.stringify(value.bytes.toString('base64')) : undefined
  if (value.kind === 'string') return undefined
  const { text } = value
  if (type === 'enum') return JSON.stringify(text)
  if (type === 'bool') return text === 'true' || text === 'false' ? text : undefined
  if (type === 'double' || type === 'float') return floatJson(text)
  const integer = integerOf(text)
  if (integer === undefined) return undefined
  // 64-bit numbers are strings in Protobuf's JSON, because not every reader keeps all digits.
  return type.endsWith('64') ? `"${integer}"` : `${integer}`
}

function integerOf(text: string): bigint | undefined {
  const parts = /^(-?)(0[xX][0-9a-fA-F]+|[0-9]+)$/.exec(text)
  const digits = parts?.[2]
  if (digits === undefined) return undefined
  if (/^0[0-7]+$/.test(digits)) return signed(parts?.[1], BigInt(`0o${digits}`))
  return /^0[0-9]+$/.test(digits) ? undefined : signed(parts?.[1], BigInt(digits))
}

const signed = (sign: string | undefined, magnitude: bigint): bigint => (sign === '-' ? -magnitude : magnitude)

function floatJson(text: string): string | undefined {
  const bare = text.toLowerCase().replace(/^-/, '')
  if (bare === 'nan') return '"NaN"'
  if (bare === 'inf' || bare === 'infinity') return text.startsWith('-') ? '"-Infinity"' : '"Infinity"'
  const number = Number(integerOf(text) ?? text.replace(/[fF]$/, ''))
  if (text === '' || Number.isNaN(number)) return undefined
  if (!Number.isFinite(number)) return number < 0 ? '"-Infinity"' : '"Infinity"'
  // Neither BigInt nor JSON.stringify has negative zero.
  return number === 0 && text.startsWith('-') ? '-0' : JSON.stringify(number)
}
