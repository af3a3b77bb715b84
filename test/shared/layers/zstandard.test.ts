import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { LayerError, layers } from '../../../src/shared/layers/index.ts'
import { fromHex } from '../codecs/support.ts'

const mebibyte = 1024 * 1024
const magic = '28b52ffd'
/** The last block of a frame: the three bytes `abc` as they are. */
const abc = '190000616263'

const open = (bytes: Uint8Array, maximumBytes = 128 * mebibyte): Buffer =>
  Buffer.from(layers.zstd.open(bytes, maximumBytes))

function faultOf(hex: string, maximumBytes?: number): string {
  try {
    open(fromHex(hex), maximumBytes)
  } catch (thrown) {
    if (thrown instanceof LayerError) return thrown.message
    throw thrown
  }
  throw new Error('Expected a LayerError, but nothing was thrown')
}

describe('a Zstandard frame', () => {
  test.each([
    ['a window of 3.75 GiB', `${magic} 00 af ${abc}`, /^It asks for a window of 3\.75 GiB; the limit is 128 MiB$/],
    ['the largest window there is', `${magic} 00 ff ${abc}`, /^It asks for a window of [\d,.]+ GiB; the limit is/],
    ['3 GiB of content', `${magic} a0 000000c0 ${abc}`, /^It declares 3\.00 GiB of content; the limit is 128 MiB$/],
    ['endless content', `${magic} e0 ffffffffffffffff ${abc}`, /^It declares [\d.e+]+ GiB of content; the limit is/],
    [
      'a dictionary',
      `${magic} 03 00 78563412 ${abc}`,
      /^It needs the dictionary 305419896, which is not in the message$/,
    ],
    ['less content than it has', `${magic} 20 02 ${abc}`, /^It is damaged: it declares 2 B of content and holds 3 B$/],
    ['more content than it has', `${magic} 20 09 ${abc}`, /^It is damaged: it declares 9 B of content and holds 3 B$/],
    ['a reserved bit', `${magic} 08 00 ${abc}`, /^It is damaged: its header/],
    ['a reserved kind of block', `${magic} 00 00 070000`, /^It is damaged: a block/],
    ['a block of 2 MiB', `${magic} 00 00 fbffff61`, /^It is damaged: a block/],
    ['a block that is cut short', `${magic} 00 00 1900006162`, /^It is cut short$/],
    ['a wrong check sum', `${magic} 24 03 ${abc} 01020304`, /the check sum does not match$/],
    ['something after it', `${magic} 00 00 ${abc} 00112233`, /^It is damaged: no frame begins at offset 12$/],
  ])('with %s is refused', (_what, hex, expected) => {
    expect(faultOf(hex)).toMatch(expected)
  })

  test('with the largest window that is allowed is opened, and only what its blocks need is allocated', () => {
    // 128 MiB, in each of 2,000 frames: 250 GiB.
    const frame = fromHex(`${magic} 00 88 ${abc}`)
    expect(open(Buffer.alloc(2_000 * frame.length, frame)).byteLength).toBe(6_000)
  })

  test.each([
    ['without content', `${magic} 20 00 010000`, ''],
    ['with a dictionary of no number', `${magic} 01 00 00 ${abc}`, 'abc'],
    ['with a check sum, and another', `${magic} 24 03 ${abc} 990977ad ${magic} 00 00 ${abc}`, 'abcabc'],
    ['between skippable ones', `502a4d1802000000ffff ${magic} 00 00 ${abc} 5f2a4d1800000000`, 'abc'],
  ])('%s is opened', (_what, hex, expected) => {
    expect(open(fromHex(hex)).toString()).toBe(expected)
  })

  test('beyond the limit in all is refused', () => {
    // 128 KiB of one byte in each of 20 frames.
    const hex = `${magic} 00 38 03001061`.repeat(20)
    expect(open(fromHex(hex)).byteLength).toBe(20 * 128 * 1024)
    expect(faultOf(hex, 2 * mebibyte)).toBe('It holds more than the limit of 2.00 MiB')
  })

  test('of many, each with its check sum, is opened in time', () => {
    const frame = fromHex(`${magic} 24 03 ${abc} 990977ad`)
    expect(open(Buffer.alloc(50_000 * frame.length, frame)).byteLength).toBe(150_000)
  })

  test('whose check sum does not match is refused', () => {
    const wrong =
      '28b52ffd243fe501005403414168656c6c6f20576f726c642c207468697320697320726177206c69746572616c20636f6e74656e74203132333435363738393001001bc0026326ffb7'
    expect(faultOf(wrong)).toMatch(/the check sum does not match$/)
  })

  // Written by `zstd -D dictionary --no-dictID`, without and with a check sum.
  test.each([
    [
      '28b52ffd604300fd0000b820616e6420616e20656e64206f6620697473206f776e0a0100295b540104',
      /^It needs a dictionary, which is not in the message$/,
    ],
    [
      '28b52ffd644300fd0000b820616e6420616e20656e64206f6620697473206f776e0a0100295b5401049afac17e',
      /^It is damaged, or needs a dictionary: the check sum/,
    ],
  ])('that needs a dictionary which it does not name is refused', (hex, expected) => {
    expect(faultOf(hex)).toMatch(expected)
  })

  test('of many tiny blocks with a large window is refused', () => {
    const block = fromHex('020010 61')
    const blocks = Buffer.alloc(3_000 * block.length, block)
    const bytes = Buffer.concat([fromHex(`${magic} 00 88`), blocks, fromHex(abc)])
    expect(() => open(bytes)).toThrow(/^It would take too long: it has 3,001 blocks with a window of 128 MiB$/)
  })
})

function hasZstd(): boolean {
  try {
    execFileSync('zstd', ['--version'])
    return true
  } catch {
    return false
  }
}

describe.skipIf(!hasZstd())('what the zstd program writes (where it is installed)', () => {
  const content = Buffer.from(Array.from({ length: 60_000 }, (_, index) => `${index % 977},`).join(''))

  test.each([[['-1']], [['-19']], [['--ultra', '-22', '--long=27']], [['--no-check', '--no-content-size']]])(
    'with %j is opened',
    // Starting the program takes a while on a busy machine.
    { timeout: 30_000 },
    (args) => {
      const compressed = execFileSync('zstd', ['-q', '-c', ...args], { input: content, maxBuffer: 64 * mebibyte })
      expect(open(compressed).equals(content)).toBe(true)
    },
  )
})
