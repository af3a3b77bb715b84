const chunk = 0x8000

/** Integers of more bits are written in hex digits: decimal ones would take too long to find. */
const mostDecimalBits = 8000

/** Invisible characters, and those that reorder the text around them. */
const hidden = /[\p{C}\p{Zl}\p{Zp}]/gu

const escapes: ReadonlyMap<string, string> = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\\', '\\\\'],
])

/** The text with one character for each byte. */
export function latin1Text(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let start = 0; start < bytes.length; start += chunk) {
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + chunk)))
  }
  return pieces.join('')
}

/** As Python writes a text, such as `'name'`. */
export function quotedText(text: string): string {
  return quoted(text).replace(hidden, escaped)
}

/** As Python writes bytes, such as `b'\x00ab'`. */
export function quotedBytes(bytes: Uint8Array): string {
  return `b${quoted(latin1Text(bytes)).replace(/[^ -~]/g, escaped)}`
}

/** In single quotes, or in double ones if only single ones are inside. Control characters are left as they are. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inside = text.replace(/[\\\t\n\r]/g, escaped)
  return quote + (quote === "'" ? inside.replaceAll("'", "\\'") : inside) + quote
}

function escaped(character: string): string {
  const known = escapes.get(character)
  if (known !== undefined) return known
  const point = character.codePointAt(0) ?? 0
  const digits = point.toString(16)
  if (point < 0x100) return `\\x${digits.padStart(2, '0')}`
  return point < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}

/** As Python writes a float: `1.0`, `1e+16`, `1e-05`, `nan`. */
export function floatDigits(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const [mantissa = '', exponent = ''] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 16) return Number.isInteger(value) ? `${value}.0` : String(value)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** Whether an integer has too many bits to be written in decimal digits. */
export function isHuge(value: number | bigint): boolean {
  return typeof value === 'bigint' && BigInt.asIntN(mostDecimalBits, value) !== value
}

export function intDigits(value: number | bigint): string {
  if (!isHuge(value)) return value.toString()
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`
}
