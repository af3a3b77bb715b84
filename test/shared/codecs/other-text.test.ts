import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textEncodingIds } from '../../../src/shared/codecs/codec.ts'
import { viewOf } from '../../../src/shared/codecs/index.ts'
import { suggestView } from '../../../src/shared/codecs/suggest.ts'
import { suggestViews } from '../../../src/shared/codecs/suggest-views.ts'
import { codecError, fromHex } from './support.ts'

/** The bytes of a text as Python writes it. */
const encodedBy = (encoding: string, text: string): Uint8Array =>
  execFileSync('python3', [
    '-c',
    'import sys; sys.stdout.buffer.write(sys.argv[2].encode(sys.argv[1]))',
    encoding,
    text,
  ])

describe('text in another encoding', () => {
  test.each([
    // Node.js before 23 reads 80 to 9f of it as control characters; the window, which shows it, does not.
    ['windows-1252', 'cp1252', 'Größe: 5 µm'],
    ['iso-8859-15', 'iso8859-15', 'Œuvre à 5 €'],
    ['windows-1251', 'cp1251', 'Привет'],
    ['koi8-r', 'koi8-r', 'Привет'],
    ['utf-16le', 'utf-16-le', 'Grüße 😀'],
    ['utf-16be', 'utf-16-be', 'Grüße 😀'],
    ['shift_jis', 'shift_jis', '温度センサー'],
    ['euc-jp', 'euc-jp', '温度センサー'],
    ['iso-2022-jp', 'iso2022-jp', '温度センサー'],
    ['gb18030', 'gb18030', '温度传感器 😀'],
    ['big5', 'big5', '溫度感測器'],
    ['euc-kr', 'euc-kr', '온도 센서'],
  ] as const)('%s is read', (view, encoding, text) => {
    expect(viewOf(view).decode(encodedBy(encoding, text))).toBe(text)
  })

  test.each([
    ['shift_jis', '4182', 2, 0, 'The last character is cut short'],
    ['shift_jis', '41 ff 42', 1, 1, 'Byte 1 begins no character of it'],
    ['utf-16le', '4100 00d8 4100', 5, 1, 'Byte 5 begins no character of it'],
    ['utf-16le', '4100 42', 3, 0, 'The last character is cut short'],
    ['euc-kr', '41 ff', 1, 1, 'Byte 1 begins no character of it'],
  ] as const)('%s of %s is refused at its place', (view, bytes, offset, length, message) => {
    expect(codecError(() => viewOf(view).decode(fromHex(bytes)))).toMatchObject({ offset, length, message })
  })

  test('of any bytes is text, or refused at a place in them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...textEncodingIds), fc.uint8Array({ maxLength: 40 }), (view, bytes) => {
        try {
          expect(viewOf(view).decode(bytes)).toBeTypeOf('string')
        } catch {
          const { offset, length } = codecError(() => viewOf(view).decode(bytes))
          expect(offset + length).toBeLessThanOrEqual(bytes.length)
        }
      }),
    )
  })
})

describe('a byte order mark', () => {
  test.each([
    ['fffe 4800 6900', 'utf-16le', 'Begins with the byte order mark of UTF-16 LE'],
    ['feff 0048 0069', 'utf-16be', 'Begins with the byte order mark of UTF-16 BE'],
  ] as const)('%s tells the encoding', (bytes, encoding, reason) => {
    expect(suggestView(fromHex(bytes))).toBe(encoding)
    expect(suggestViews(fromHex(bytes))[0]).toEqual({ what: { encoding }, reason, certain: true })
    expect(viewOf(encoding).decode(fromHex(bytes))).toBe('Hi')
  })

  test.each(['fffe', 'fffe 48', 'fffe 0100', 'fffe 00d8', '4800 6900'])('%s tells none', (bytes) => {
    expect(suggestView(fromHex(bytes))).not.toMatch(/utf-16/)
  })
})
