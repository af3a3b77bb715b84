import { decodeUtf8 } from '../utf8.ts'
import { base64 } from './base64.ts'
import { compactHex } from './hex.ts'

/** Formats for copying bytes, in the order they are offered. */
export const copyFormats = ['hex', 'base64', 'text', 'json', 'c', 'python'] as const

export type CopyFormat = (typeof copyFormats)[number]

export const copyFormatLabels: Readonly<Record<CopyFormat, string>> = {
  hex: 'Hex',
  base64: 'Base64',
  text: 'Text',
  json: 'JSON',
  c: 'C array',
  python: 'Python bytes',
}

const bytesPerLine = 12

const octet = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`

/** A C array definition with twelve bytes per line. */
function cArray(bytes: Uint8Array): string {
  // C has no empty array: use one zero byte and a length of zero.
  if (bytes.length === 0) return 'const unsigned char data[1] = {0};\nconst size_t data_length = 0;'
  const lines: string[] = []
  for (let start = 0; start < bytes.length; start += bytesPerLine) {
    lines.push(`  ${Array.from(bytes.subarray(start, start + bytesPerLine), octet).join(', ')},`)
  }
  return `const unsigned char data[${bytes.length}] = {\n${lines.join('\n')}\n};`
}

const pythonEscapes: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 39: "\\'", 92: '\\\\' }

/** A Python bytes literal, with printable ASCII as it is. */
function pythonBytes(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (const byte of bytes) {
    const printable = byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : octet(byte).replace('0x', '\\x')
    pieces.push(pythonEscapes[byte] ?? printable)
  }
  return `b'${pieces.join('')}'`
}

/** A JSON string of the text, or an array of byte values when it is not text. */
function jsonText(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes)
  return text === undefined ? JSON.stringify(Array.from(bytes)) : JSON.stringify(text)
}

/** The bytes in a format; null when it cannot express them: text that is not UTF-8. */
export function copyBytesAs(bytes: Uint8Array, format: CopyFormat): string | null {
  switch (format) {
    case 'hex':
      return compactHex(bytes)
    case 'base64':
      return base64.decode(bytes)
    case 'text':
      return decodeUtf8(bytes) ?? null
    case 'json':
      return jsonText(bytes)
    case 'c':
      return cArray(bytes)
    case 'python':
      return pythonBytes(bytes)
  }
}
