import type { ExactValue } from '../codec.ts'

/** A number's text as a number where that loses nothing; integers stay text, whatever their size. */
export function exactNumberValue(source: string): ExactValue {
  if (/^-?\d+$/.test(source)) return source
  const value = Number(source)
  return String(value) === source ? value : source
}

/** The literal `true`, `false` or `null`, or a number. */
export function exactScalar(json: string): ExactValue {
  if (json === 'null') return null
  if (json === 'true' || json === 'false') return json === 'true'
  return exactNumberValue(json)
}
