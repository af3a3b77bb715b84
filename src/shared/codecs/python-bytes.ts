import { CodecError } from './codec.ts'

const literal = /^\s*b?(['"])([\s\S]*)\1\s*$/
const piece = /\\x([0-9a-fA-F]{2})|\\([0-7]{1,3})|\\([abfnrtv0'"\\])|([^\\])/y
const named: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }

/** The bytes of a literal such as Python's `b'\x00ab'` or C's `"\x00ab"`; null for another text. Throws `CodecError` at what is wrong in it. */
export function readPythonBytes(text: string): Uint8Array | null {
  const [, quote = '', body] = literal.exec(text) ?? []
  if (body === undefined) return null
  const start = text.indexOf(quote) + 1
  const bytes: number[] = []
  for (let offset = 0; offset < body.length; offset = piece.lastIndex) {
    piece.lastIndex = offset
    const [, hexDigits, octalDigits, escaped, character] = piece.exec(body) ?? []
    const byte = byteOf(hexDigits, octalDigits, escaped, character)
    if (byte === undefined || character === quote) {
      throw new CodecError('encode-failed', 'Not a part of a literal of bytes', start + offset)
    }
    bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}

/** Undefined for what a byte cannot be. */
function byteOf(
  hexDigits: string | undefined,
  octalDigits: string | undefined,
  escaped: string | undefined,
  character: string | undefined,
): number | undefined {
  if (hexDigits !== undefined) return Number.parseInt(hexDigits, 16)
  if (octalDigits !== undefined) {
    const value = Number.parseInt(octalDigits, 8)
    return value < 256 ? value : undefined
  }
  const code = escaped === undefined ? character?.charCodeAt(0) : (named[escaped] ?? escaped.charCodeAt(0))
  return code !== undefined && code < 128 ? code : undefined
}
