import { decodeUtf8 } from './utf8.ts'

/** Control characters other than tab and line breaks, and the two noncharacters U+FFFE and U+FFFF. */
const notPlain = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/u

/** Whether a text has only characters that people write. */
export const isPlain = (text: string): boolean => !notPlain.test(text)

/** The bytes as UTF-8 text without control characters; undefined when they are none. */
export function plainText(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes)
  return text !== undefined && isPlain(text) ? text : undefined
}

/** How many NULs the bytes end with, as strings in C and C++ do; 0 when there is nothing before them. */
export function trailingNuls(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return end === 0 ? 0 : bytes.length - end
}
