import { decodeUtf8 } from '../utf8.ts'
import { CodecError, type EncodingId } from './codec.ts'
import { parseJson } from './json/parse.ts'

/** Beyond this size a frame is not parsed just to choose its view. */
const maximumJsonBytes = 1024 * 1024

/** Controls other than tab and line break, and the two code points that are never characters in text. */
const notText = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/u

/**
 * The view to show bytes in when nobody has chosen one. Says only what is certain: JSON for a whole
 * object or array, text for printable UTF-8, and hex for all else.
 */
export function suggestView(bytes: Uint8Array): EncodingId {
  const text = decodeUtf8(bytes)
  if (text === undefined) return 'hex'
  if (bytes.length <= maximumJsonBytes && isObjectOrArray(text)) return 'json'
  return notText.test(text) ? 'hex' : 'text'
}

function isObjectOrArray(text: string): boolean {
  if (!/^[ \t\r\n]*[{[]/.test(text)) return false
  try {
    parseJson(text)
    return true
  } catch (error) {
    if (error instanceof CodecError) return false
    throw error
  }
}
