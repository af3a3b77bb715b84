import { quoteCharacter } from '../codecs/characters.ts'
import { CodecError } from '../codecs/codec.ts'
import { hex } from '../codecs/hex.ts'
import { z85 } from '../codecs/z85.ts'
import { InspectorError } from '../errors.ts'

/** Of a key of CURVE in Z85: how it is kept, shown and given to sockets. */
const keyCharacters = 40
const keyByteCount = 32
const hexDigits = 2 * keyByteCount
const mostCharacters = 1000

export type KeyKind = 'public' | 'secret'

/** What CZMQ writes where there is no key. */
export const noKey = '0'.repeat(keyCharacters)

/** In quotes, as a literal of Python's too. No quote is a character of Z85. */
const quotes = /^b?(?<quote>["'`])(?<inside>.*)\k<quote>$/s
/** The name before a key in a certificate, or in the settings of another program. */
const label = /^(?:[\w-]*[-_])?(?<named>public|secret)[-_ ]?(?:key)?\s*[=:]\s*(?<rest>.*)$/is
const hexForm = /^(?:0x|\\x|[\da-f]|[\s:,-])+$/i
const hexDecoration = /\\x|(?<![\da-f])0x|[\s:,-]/gi
const notZ85 = /[^\w.\-:+=^!/*?&<>()[\]{}@%$#]|_/u

const refused = (message: string): InspectorError => new InspectorError('invalid-argument', message)

const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

function bare(text: string): string {
  const trimmed = text.replace(/^\ufeff/, '').trim()
  const inside = quotes.exec(trimmed)?.groups?.inside
  return inside === undefined ? trimmed : inside.trim()
}

/** The text without a name before it. Throws where the name is that of the other key. */
function withoutLabel(text: string, kind: KeyKind): string {
  const { named, rest } = label.exec(text)?.groups ?? {}
  // A name can be part of a key, too, if that is unlikely.
  if (named === undefined || rest === undefined || text.length === keyCharacters) return text
  const found = named.toLowerCase()
  if (found !== kind) throw refused(`This is a ${found} key. The ${kind} key belongs here.`)
  return bare(rest)
}

function wrongLength(kind: KeyKind, found: number, unit: 'character' | 'hex digit'): InspectorError {
  const wanted = unit === 'character' ? keyCharacters : hexDigits
  if (found * 2 === wanted) return refused(`This is half a ${kind} key: ${found} ${unit}s of ${wanted}.`)
  const forms = `A key has ${keyCharacters} characters in Z85, or ${hexDigits} hex digits.`
  return refused(`The ${kind} key has ${counted(found, unit)}. ${forms}`)
}

/** What stands at the offset is part of the key, so that of a secret one is not repeated. */
function wrongCharacter(kind: KeyKind, text: string, offset: number): InspectorError {
  const place = [...text.slice(0, offset)].length + 1
  const length = [...text].length
  const what = kind === 'secret' ? '' : `, ${quoteCharacter(text, offset).quoted},`
  const more = length === keyCharacters ? '' : `, and it has ${counted(length, 'character')}, not ${keyCharacters}`
  return refused(`Character ${place} of the ${kind} key${what} is none of Z85${more}.`)
}

function bytesOfZ85(text: string, kind: KeyKind): Uint8Array {
  const offset = text.search(notZ85)
  if (offset >= 0) throw wrongCharacter(kind, text, offset)
  if (text.length !== keyCharacters) throw wrongLength(kind, text.length, 'character')
  try {
    return z85.encode(text)
  } catch (thrown) {
    if (!(thrown instanceof CodecError)) throw thrown
    // Five characters can stand for more than their four bytes hold.
    const first = thrown.offset + 1
    throw refused(`The ${kind} key is mistyped: its characters ${first} to ${first + 4} stand in no key.`)
  }
}

function bytesOfHex(text: string, kind: KeyKind): Uint8Array {
  const digits = text.replaceAll(hexDecoration, '')
  if (digits.length !== hexDigits) throw wrongLength(kind, digits.length, 'hex digit')
  return hex.encode(digits)
}

function parseKey(text: string, kind: KeyKind): string {
  if (text.length > mostCharacters) throw wrongLength(kind, text.length, 'character')
  const key = withoutLabel(bare(text), kind)
  if (key === '') {
    throw refused(`Write the ${kind} key: ${keyCharacters} characters in Z85, or ${hexDigits} hex digits.`)
  }
  // Hex digits are characters of Z85, too: the length tells which of the two it is.
  const isHex = key.length !== keyCharacters && hexForm.test(key)
  const canonical = keyText(isHex ? bytesOfHex(key, kind) : bytesOfZ85(key, kind))
  if (canonical === noKey) throw refused(`This is no ${kind} key: it has only zeros, which stand for none.`)
  return canonical
}

/**
 * A public key as people paste it, in Z85: from Z85 or hex (also `0x…` and `ab:cd:…`), in quotes or not, and with or
 * without the name that it has in a certificate. Throws `InspectorError` (`invalid-argument`).
 */
export const parsePublicKey = (text: string): string => parseKey(text, 'public')

/** The same for a secret key. What it throws tells places and lengths, and never a character of the key. */
export const parseSecretKey = (text: string): string => parseKey(text, 'secret')

/** The 32 bytes of a key in Z85, as the functions above return it. */
export const keyBytes = (key: string): Uint8Array => z85.encode(key)

/** The Z85 of a key's bytes. Throws `InspectorError` unless they are 32. */
export function keyText(bytes: Uint8Array): string {
  if (bytes.byteLength !== keyByteCount) throw refused(`A key has ${keyByteCount} bytes, not ${bytes.byteLength}.`)
  return z85.decode(bytes)
}

/**
 * What tells a public key from others at a glance: its first and last four characters, `rq:r…]yf7`. Keys are random, so
 * these 51 bits differ from key to key, and unlike those of a hash they can be found again wherever the key is written.
 * It proves nothing: who must be sure compares the whole key.
 */
export const fingerprintOf = (publicKey: string): string => `${publicKey.slice(0, 4)}…${publicKey.slice(-4)}`
