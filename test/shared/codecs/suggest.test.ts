import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { codecs, viewOf } from '../../../src/shared/codecs/index.ts'
import { previewFrames } from '../../../src/shared/codecs/preview.ts'
import { suggestView } from '../../../src/shared/codecs/suggest.ts'
import { suggestedView, suggestViews } from '../../../src/shared/codecs/suggest-views.ts'
import { character, fromHex } from './support.ts'

const utf8 = new TextEncoder()

describe('pickles', () => {
  const pickled = (protocol: number) =>
    execFileSync('python3', ['-c', `import pickle, sys; sys.stdout.buffer.write(pickle.dumps({'n': 5}, ${protocol}))`])

  test.each([2, 3, 4, 5])('of protocol %i are certain', (protocol) => {
    expect(suggestViews(pickled(protocol))[0]).toEqual({
      what: { encoding: 'pickle' },
      reason: `A whole pickle of Python, protocol ${protocol}`,
      certain: true,
    })
    expect(suggestedView(pickled(protocol), null)).toEqual({ view: 'pickle', isLikeRequest: false })
    expect(viewOf('pickle').decode(pickled(protocol))).toBe("{'n': 5}")
  })

  test('of protocol 0, which are text, are offered', () => {
    const whats = suggestViews(pickled(0)).map(({ what }) => what)
    expect(whats).toContainEqual({ encoding: 'pickle' })
    expect(suggestedView(pickled(0), null).view).toBe('text')
  })
})

describe('suggestView', () => {
  test.each([
    ['', 'text'],
    ['Hello world!', 'text'],
    ['tab\tand\r\nbreak', 'text'],
    ['\ufeffbyte order mark', 'text'],
    ['héllo 😀', 'text'],
    ['{"a":1}', 'json'],
    [' \n[1, 2]\r\n', 'json'],
    ['{"a":1,"a":2}', 'json'],
    ['{"a":1', 'text'],
    ['[1] [2]', 'text'],
    ['[ERROR] disk full', 'text'],
    ['12', 'text'],
    ['"quoted"', 'text'],
    ['null', 'text'],
    ['{"\u0000":1}', 'hex'],
    ['Hello\0', 'text'],
    ['Hel\0lo\0', 'hex'],
    ['\0\0', 'hex'],
    ['{"a":1}\0', 'json'],
    ['{"a":1}{"b":2}', 'json'],
    ['[1]\n[2]\n', 'json'],
    ['{"a":1}\n{"b"', 'text'],
    ['1\n2', 'text'],
    ['\x1b[31mred', 'hex'],
    ['\x7f', 'hex'],
    ['\x85', 'hex'],
    ['\ufffe', 'hex'],
    ['\uffff', 'hex'],
    ['['.repeat(100_000), 'text'],
  ])('%j is %s', (text, view) => {
    expect(suggestView(utf8.encode(text))).toBe(view)
  })

  test('what is not UTF-8 is hex', () => {
    expect(suggestView(fromHex('68656c6c6f ff'))).toBe('hex')
    expect(suggestView(codecs.messagepack.encode('{"a":1}'))).toBe('hex')
  })

  test('looks for JSON in up to 1 MiB', () => {
    const array = (size: number) => utf8.encode(`[${' '.repeat(size - 2)}]`)
    expect(suggestView(array(1024 * 1024))).toBe('json')
    expect(suggestView(array(1024 * 1024 + 1))).toBe('text')
  })

  test('suggests only views that can show the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => utf8.encode(text)),
        ),
        (bytes) => {
          expect(viewOf(suggestView(bytes)).decode(bytes)).toBeTypeOf('string')
        },
      ),
    )
  })
})

describe('previewFrames', () => {
  const preview = (...frames: (string | Uint8Array)[]) =>
    previewFrames(frames.map((frame) => (typeof frame === 'string' ? utf8.encode(frame) : frame)))

  test.each([
    [['Hello'], 'Hello'],
    [['id', '', 'body'], 'id | (empty) | body'],
    [[], ''],
    [['a\nb\tc\rd'], 'a⏎b␉c␍d'],
    [['Hello\0'], 'Hello␀'],
    [['abcdefgh\x7f\x1b'], 'abcdefgh␡␛'],
    [['left\u202eright\u2028down'], 'left\\u202eright\\u2028down'],
    [['abcdef\x85'], 'abcdef\\u0085'],
    [[fromHex('00000005')], "h'00000005'"],
    [[fromHex('ff00')], "h'ff00'"],
    [['topic', fromHex('ff')], "topic | h'ff'"],
    [['\n\n\n'], '⏎⏎⏎'],
    [['é😀'], 'é😀'],
  ])('%j', (frames, line) => {
    expect(preview(...frames)).toBe(line)
  })

  test('cuts long lines and says so', () => {
    expect(preview('x'.repeat(200))).toBe('x'.repeat(200))
    expect(preview('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`)
    expect(preview(new Uint8Array(1000).fill(0xff))).toBe(`h'${'f'.repeat(197)}…`)
    expect(preview('x'.repeat(190), 'y'.repeat(20))).toBe(`${'x'.repeat(190)} | ${'y'.repeat(6)}…`)
    expect(preview('x'.repeat(198), 'y')).toBe(`${'x'.repeat(198)}…`.replace('x…', 'x …'))
    expect(previewFrames([utf8.encode('abcdef')], [], 4)).toBe('abc…')
  })

  test('never splits a character', () => {
    for (const shift of ['', 'a', 'ab', 'abc']) {
      const line = preview(shift + '😀'.repeat(5000))
      expect(line.endsWith('…')).toBe(true)
      expect(line.slice(0, -1)).toMatch(/^a?b?c?(?:😀)+$/u)
      expect(preview(shift + '€'.repeat(5000)).slice(0, -1)).toMatch(/^a?b?c?€+$/)
    }
  })

  test('is one line within its limit for any frames, and complete exactly when it has no ellipsis', () => {
    const frame = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: character }).map((text) => utf8.encode(text)),
    )
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 4 }), fc.integer({ min: 1, max: 40 }), (frames, bound) => {
        const line = previewFrames(frames, [], bound)
        const whole = previewFrames(frames, [], 100_000)
        expect(line.length).toBeLessThanOrEqual(bound)
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        if (whole.length <= bound) expect(line).toBe(whole)
        else expect(line.endsWith('…')).toBe(true)
      }),
    )
  })

  test('does not read further into a long frame', () => {
    const long = new Uint8Array(1024 * 1024).fill(0x61)
    const parts = vi.spyOn(long, 'subarray')
    const many = Array.from({ length: 1000 }, () => long)
    Object.defineProperty(many, 999, { get: () => expect.unreachable('the last frame was looked at') })
    expect(previewFrames(many)).toHaveLength(200)
    expect(parts).toHaveBeenCalled()
    for (const [, end] of parts.mock.calls) expect(end).toBeLessThan(1000)
  })
})

describe('suggestViews', () => {
  const names = (bytes: Uint8Array) =>
    suggestViews(bytes).map(({ what }) => ('layer' in what ? what.layer : what.encoding))
  const reasonFor = (bytes: Uint8Array, name: string) =>
    suggestViews(bytes).find(({ what }) => ('layer' in what ? what.layer : what.encoding) === name)?.reason

  test.each([
    ['', ['text', 'hex']],
    ['Hello world!', ['text', 'cbor', 'hex']],
    ['12', ['text', 'json', 'hex']],
    ['{"a":1}', ['json', 'text', 'hex']],
  ])('%j could be %j', (text, expected) => {
    const found = names(utf8.encode(text))
    expect(found.filter((name) => name !== 'cbor' && name !== 'protobuf')).toEqual(
      expected.filter((name) => name !== 'cbor'),
    )
    expect(found.at(-1)).toBe('hex')
  })

  test('a complete structure is listed with its size, and is not certain', () => {
    const bytes = codecs.messagepack.encode('{"a": 1, "b": [2]}')
    expect(names(bytes)[0]).toBe('messagepack')
    expect(reasonFor(bytes, 'messagepack')).toBe('Complete MessagePack fixmap, 2 entries, no bytes left over')
    expect(suggestViews(bytes).some(({ certain }) => certain)).toBe(false)
    expect(names(bytes.subarray(0, -1))).not.toContain('messagepack')
  })

  test('a header is only a hint, listed after what is certain', () => {
    expect(names(fromHex('1f8b0800000000000003'))[0]).toBe('gzip')
    expect(reasonFor(fromHex('28b52ffd00'), 'zstd')).toBe('Starts with a Zstandard header')
    // zlib's two-byte header is also valid text.
    expect(names(utf8.encode('x^2 + y^2'))[0]).toBe('text')
  })

  test('every suggested encoding can show the bytes, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        for (const { what } of suggestViews(bytes)) {
          if ('encoding' in what) expect(viewOf(what.encoding).decode(bytes)).toBeTypeOf('string')
        }
      }),
    )
  })
})
