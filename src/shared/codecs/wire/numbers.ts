import { CodecError } from '../codec.ts'
import type { JsonValue } from '../json/value.ts'
import type { WireContent } from './value.ts'

type JsonNumber = Extract<JsonValue, { kind: 'number' }>

/** Integers of more digits than this are refused: turning them between digits and bits takes too long. */
const maximumDigits = 2400

/** A JSON number as a binary format takes it: written as an integer it is one, else a 64-bit float. */
export function exactNumber(number: JsonNumber): bigint | number {
  const { source } = number
  // No integer is minus zero; only the float keeps the sign.
  if (/^-?\d+$/.test(source) && source !== '-0') {
    if (source.length > maximumDigits) throw numberError(number, `has more than ${maximumDigits} digits`)
    return BigInt(source)
  }
  const value = Number(source)
  if (!Number.isFinite(value)) throw numberError(number, 'is larger than a 64-bit float can hold')
  if (value === 0 && /[1-9]/.test(source.replace(/[eE].*/, ''))) {
    throw numberError(number, 'is smaller than a 64-bit float can hold')
  }
  return value
}

/** An error at a number in the text. */
export function numberError(number: JsonNumber, fault: string): CodecError {
  const { source, start, end } = number
  const shown = source.length > 40 ? `${source.slice(0, 40)}…` : source
  return new CodecError('encode-failed', `The number ${shown} ${fault}`, start, end - start)
}

/** An integer as content: its digits. */
export function integerContent(value: number | bigint): WireContent {
  return { kind: 'scalar', json: value.toString() }
}

/** A float as content. A decimal point tells it from an integer; NaN and the infinities have no place in JSON. */
export function floatContent(value: number): WireContent {
  if (!Number.isFinite(value)) return { kind: 'foreign', shown: String(value), noun: `the number ${value}` }
  if (Object.is(value, -0)) return { kind: 'scalar', json: '-0.0' }
  const digits = String(value)
  return { kind: 'scalar', json: /^-?\d+$/.test(digits) ? `${digits}.0` : digits }
}
