import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InspectorError } from '../../../src/shared/errors.ts'
import { encodeUtf8 } from '../../../src/shared/utf8.ts'
import {
  type Certificate,
  maximumCertificateBytes,
  readCertificate,
  writeCertificate,
} from '../../../src/shared/zmq/certificate.ts'
import { keyText } from '../../../src/shared/zmq/keys.ts'
import { tries } from '../../support/nightly.ts'

/** The keys of the manual of libzmq. */
const publicKey = 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7'
const secretKey = 'JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6'

const read = (text: string): Certificate => readCertificate(encodeUtf8(text))

const failureOf = (bytes: Uint8Array): InspectorError => {
  try {
    readCertificate(bytes)
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown
    throw thrown
  }
  return expect.unreachable('it was read')
}

const ofCzmq = `#   ****  Generated on 2026-11-20 10:11:12 by CZMQ  ****
#   ZeroMQ CURVE **Secret** Certificate

metadata
    email = "ph@imatix.com"
    name = "Pieter # Hintjens"
    version = "1"
curve
    public-key = "${publicKey}"
    secret-key = "${secretKey}"
`

describe('a certificate', () => {
  test('of CZMQ is read', () => {
    expect(read(ofCzmq)).toEqual({
      publicKey,
      secretKey,
      metadata: new Map([
        ['email', 'ph@imatix.com'],
        ['name', 'Pieter # Hintjens'],
        ['version', '1'],
      ]),
    })
  })

  test.each<[string, (text: string) => string]>([
    ['with line breaks of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text) => `\ufeff${text}`],
    ['with tabs', (text) => text.replaceAll('    ', '\t')],
    ['without indentation before names', (text) => text.replaceAll('    ', '')],
    ['in single quotes', (text) => text.replaceAll('"', "'")],
    ['with a comment on each line', (text) => text.replaceAll(/(?<=\w|["'])\n/g, '   # a = "b"\n')],
    ['without a line break at the end', (text) => text.trimEnd()],
    ['with sections that are not known', (text) => `other\n    public-key = "x"\n        deep = 1\n${text}`],
  ])('%s is read', (_what, change) => {
    expect(read(change(ofCzmq))).toEqual(read(ofCzmq))
  })

  test('may have its keys without quotes, with any of their characters', () => {
    const key = `0#${publicKey.slice(2, 39)}#`
    for (const rest of ['', '  # a comment']) {
      expect(read(`curve\n  public-key=${key}${rest}`)).toEqual({
        publicKey: key,
        secretKey: null,
        metadata: new Map(),
      })
    }
  })

  test('of pyzmq has its metadata as it is, without quotes', () => {
    const { metadata } = read(
      `metadata\n    name = O'Brien "Bob"\n    full name = "a" b\n    none\ncurve\n public-key = ${publicKey}`,
    )
    expect([...metadata]).toEqual([
      ['name', `O'Brien "Bob"`],
      ['full name', '"a" b'],
      ['none', ''],
    ])
  })

  test('whose secret key is all zeros has none', () => {
    expect(read(ofCzmq.replace(secretKey, '0'.repeat(40))).secretKey).toBeNull()
  })
})

const foreign = 'it is no certificate of CZMQ, which has the sections metadata and curve'

describe('other content is refused', () => {
  test.each([
    ['nothing', '', `This certificate cannot be read: ${foreign}: it is empty.`],
    ['comments alone', '# a\n\n', `This certificate cannot be read: ${foreign}: it is empty.`],
    ['JSON', `{\n "public-key": "${publicKey}" }`, `Line 1: ${foreign}.`],
    ['a key of TLS', '-----BEGIN PRIVATE KEY-----\nMC4C', `Line 1: ${foreign}.`],
    ['a key alone', publicKey, `Line 1: ${foreign}.`],
    ['a key without its section', `public-key = "${publicKey}"`, `Line 1: ${foreign}.`],
    [
      'no key',
      'metadata\n  name = x\ncurve\n',
      'This certificate cannot be read: the section curve has no public-key.',
    ],
    [
      'a key in another section',
      `metadata\n  public-key = "${publicKey}"`,
      'This certificate cannot be read: the section curve has no public-key.',
    ],
    ['two keys', ofCzmq.replace('secret-key', 'public-key'), 'Line 10: there is a second public-key.'],
    [
      'an open quote',
      ofCzmq.replace(`${publicKey}"`, publicKey),
      'Line 9: the quotes around the key do not end where the line does.',
    ],
    [
      'more after a quote',
      ofCzmq.replace(`${secretKey}"`, `${secretKey}" x`),
      'Line 10: the quotes around the key do not end where the line does.',
    ],
    ['more after a key', `curve\n public-key = ${publicKey} x`, 'Line 2: something stands after the key.'],
    [
      'half a public key',
      ofCzmq.replace(publicKey, publicKey.slice(20)),
      'Line 9: This is half a public key: 20 characters of 40.',
    ],
    [
      'half a secret key',
      ofCzmq.replace(secretKey, secretKey.slice(20)),
      'Line 10: This is half a secret key: 20 characters of 40.',
    ],
    [
      'a bad secret key',
      ofCzmq.replace(secretKey, `_${secretKey.slice(1)}`),
      'Line 10: Character 1 of the secret key is none of Z85.',
    ],
    ['no name', 'curve\n   = 5', 'Line 2: a name is missing before =.'],
    ['a NUL', 'curve\n   a\u0000 = 5', 'Line 2: it has a control character.'],
  ])('%s', (_what, text, message) => {
    const failure = failureOf(encodeUtf8(text))
    expect(failure.toValue()).toMatchObject({ code: 'invalid-argument', message })
    for (const part of [secretKey, secretKey.slice(20)]) expect(failure.message).not.toContain(part)
  })

  test('bytes that are no text', () => {
    expect(failureOf(Uint8Array.of(0x61, 10, 10, 0xff)).message).toBe('Line 3: it is no text in UTF-8.')
  })

  test('too much', () => {
    const most = encodeUtf8(ofCzmq + '#'.repeat(maximumCertificateBytes - ofCzmq.length))
    expect(readCertificate(most).publicKey).toBe(publicKey)
    const failure = failureOf(new Uint8Array(maximumCertificateBytes + 1))
    expect(failure.toValue()).toMatchObject({ code: 'too-large', message: 'A certificate has 64.0 KiB at most.' })
  })

  test('whatever else, in words that do not repeat it', () => {
    const parts = fc.constantFrom(
      'metadata',
      'curve',
      '\n',
      '\t',
      '    ',
      '=',
      '"',
      "'",
      '#',
      'public-key',
      'secret-key',
      publicKey,
      secretKey,
      'ä',
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (chosen) => {
        try {
          expect(read(chosen.join('')).publicKey).toHaveLength(40)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(InspectorError)
          expect(String(thrown)).not.toContain(secretKey)
        }
      }),
      tries(1000, 50_000),
    )
  })
})

describe('a certificate that is written', () => {
  const keys = fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .filter((bytes) => bytes.some((byte) => byte !== 0))
    .map(keyText)
  const names = fc
    .stringMatching(/^[a-z0-9$_@&+][\w$\-@.&+]{0,20}$/)
    .filter((name) => !/^(?:public|secret)-key/.test(name))
  const values = fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .filter((value) => !/\p{Cc}|[\ufffe\uffff]/u.test(value) && !(value.includes('"') && value.includes("'")))

  test('is read back', () => {
    fc.assert(
      fc.property(
        fc.record({
          publicKey: keys,
          secretKey: fc.option(keys),
          metadata: fc.array(fc.tuple(names, values), { maxLength: 5 }).map((entries) => new Map(entries)),
        }),
        (certificate) => {
          const text = writeCertificate(certificate)
          expect(read(text)).toEqual(certificate)
          expect(text.includes('secret-key')).toBe(certificate.secretKey !== null)
        },
      ),
      tries(300, 10_000),
    )
  })

  test.each([
    ['an empty name', '', 'x', /^A name in a certificate has/],
    ['a name with a space', 'full name', 'x', /^A name in a certificate has/],
    ['a name that others take for a key', 'public-key-of', 'x', /^A name in a certificate has/],
    ['two lines', 'name', 'a\nsecret-key = x', /^The name of a certificate is one line/],
    ['a control character', 'name', '\u0007', /^The name of a certificate is one line/],
    ['half a character', 'name', '\ud83d', /^The name of a certificate is one line/],
    ['both quotes', 'name', `'"`, /^The name of a certificate may have/],
    ['a long line', 'name', 'ä'.repeat(500), /^The name of a certificate is too long/],
  ])('cannot have %s', (_what, name, value, message) => {
    expect(() => writeCertificate({ publicKey, secretKey: null, metadata: new Map([[name, value]]) })).toThrow(message)
  })
})
