import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compactHex } from '../../../src/shared/codecs/hex.ts'
import { InspectorError } from '../../../src/shared/errors.ts'
import { fingerprintOf, keyBytes, keyText, parsePublicKey, parseSecretKey } from '../../../src/shared/zmq/keys.ts'
import { tries } from '../../support/nightly.ts'
import { refusalOf } from '../../support/refusal.ts'

/** The keys of the server and the client in the manual of libzmq. */
const key = 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7'
const digits = compactHex(keyBytes(key))
const pairs = digits.match(/../g) ?? []

describe('a key', () => {
  test.each([
    ['Z85', key],
    ['white space around it', `\ufeff \t${key}\r\n`],
    ['quotes', `"${key}"`],
    ['single quotes and spaces', ` ' ${key} ' `],
    ['a literal of Python', `b'${key}'`],
    ['hex', digits],
    ['capital hex', digits.toUpperCase()],
    ['hex after 0x', `0x${digits}`],
    ['bytes with spaces', pairs.join(' ')],
    ['bytes with colons', pairs.join(':')],
    ['bytes on two lines', `${pairs.slice(0, 16).join(' ')}\n${pairs.slice(16).join(' ')}`],
    ['bytes of C', pairs.map((pair) => `0x${pair}`).join(', ')],
    ['escapes', `"${pairs.map((pair) => `\\x${pair}`).join('')}"`],
  ])('is read from %s', (_what, text) => {
    expect(parsePublicKey(text)).toBe(key)
    expect(parseSecretKey(text)).toBe(key)
  })

  test('is read with the name before it', () => {
    for (const text of [`public-key = "${key}"`, `PUBLIC_KEY=${key}`, `curve_publickey: ${digits}`]) {
      expect(parsePublicKey(text)).toBe(key)
    }
    expect(parseSecretKey(`    secret-key = "${key}"`)).toBe(key)
  })

  const noKey = 'A key has 40 characters in Z85, or 64 hex digits.'
  test.each([
    ['', 'Write the public key: 40 characters in Z85, or 64 hex digits.'],
    ['  "" ', 'Write the public key: 40 characters in Z85, or 64 hex digits.'],
    [key.slice(1), `The public key has 39 characters. ${noKey}`],
    [`${key}0`, `The public key has 41 characters. ${noKey}`],
    [key.slice(20), 'This is half a public key: 20 characters of 40.'],
    [digits.slice(32), 'This is half a public key: 32 hex digits of 64.'],
    [digits.slice(1), `The public key has 63 hex digits. ${noKey}`],
    ['1', `The public key has 1 hex digit. ${noKey}`],
    ['x'.repeat(5000), `The public key has 5000 characters. ${noKey}`],
    [`${key.slice(0, 6)}ä${key.slice(7)}`, "Character 7 of the public key, 'ä', is none of Z85."],
    [`${key.slice(0, 6)}_${key.slice(7)}`, "Character 7 of the public key, '_', is none of Z85."],
    [`${key.slice(0, 6)}\u0007${key.slice(7)}`, 'Character 7 of the public key, U+0007, is none of Z85.'],
    [`${key.slice(0, 6)}\u202e${key.slice(7)}`, 'Character 7 of the public key, U+202E, is none of Z85.'],
    [`😀😀${key.slice(2)}`, "Character 1 of the public key, '😀', is none of Z85."],
    [
      `${key.slice(0, 20)}\n${key.slice(20)}`,
      'Character 21 of the public key, a line break, is none of Z85, and it has 41 characters, not 40.',
    ],
    [`${key.slice(0, 35)}#####`, 'The public key is mistyped: its characters 36 to 40 stand in no key.'],
    ['0'.repeat(40), 'This is no public key: it has only zeros, which stand for none.'],
    ['0'.repeat(64), 'This is no public key: it has only zeros, which stand for none.'],
    [`secret-key = "${key}"`, 'This is a secret key. The public key belongs here.'],
  ])('is not read from %j', (text, message) => {
    expect(refusalOf(() => parsePublicKey(text))).toBe(message)
  })

  test('that is secret is never repeated: only places and lengths are told', () => {
    expect(refusalOf(() => parseSecretKey(`${key.slice(0, 6)}ä${key.slice(7)}`))).toBe(
      'Character 7 of the secret key is none of Z85.',
    )
    expect(refusalOf(() => parseSecretKey(`${key.slice(0, 5)}#####${key.slice(10)}`))).toBe(
      'The secret key is mistyped: its characters 6 to 10 stand in no key.',
    )
    expect(refusalOf(() => parseSecretKey(`public-key = ${key}`))).toBe(
      'This is a public key. The secret key belongs here.',
    )
  })

  test('of any 32 bytes is read back from Z85 and hex', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        fc.pre(bytes.some((byte) => byte !== 0))
        const text = keyText(bytes)
        expect(text).toHaveLength(40)
        expect(keyBytes(text)).toEqual(bytes)
        expect(parsePublicKey(text)).toBe(text)
        expect(parseSecretKey(compactHex(bytes))).toBe(text)
      }),
      tries(300, 10_000),
    )
  })

  test('is refused in words for whatever else', () => {
    const near = fc.string({ unit: fc.constantFrom(...`0aF x:-_="'\\b#`, 'ä', '\n'), maxLength: 1000 })
    const readable = /^(?:Write|The|This|Character) .*\.$/
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary', maxLength: 90 })), (text) => {
        for (const parse of [parsePublicKey, parseSecretKey]) {
          try {
            expect(parse(text)).toHaveLength(40)
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(InspectorError)
            expect(thrown).toHaveProperty('message', expect.stringMatching(readable))
          }
        }
      }),
      tries(1000, 50_000),
    )
  })

  // A pattern that backtracks would not end.
  test.each([`${'a-_'.repeat(330)}é`, `${'0'.repeat(990)}x`, `"${'`'.repeat(990)}`])(
    'is refused at once: %s',
    (text) => {
      refusalOf(() => parsePublicKey(text))
    },
  )
})

test('bytes of another length are no key', () => {
  expect(refusalOf(() => keyText(new Uint8Array(31)))).toBe('A key has 32 bytes, not 31.')
})

test('a fingerprint can be found in the key', () => {
  expect(fingerprintOf(key)).toBe('rq:r…]yf7')
})
