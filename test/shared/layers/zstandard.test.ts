import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { LayerError, layers } from '../../../src/shared/layers/index.ts'
import { fromHex } from '../codecs/support.ts'

const mebibyte = 1024 * 1024
const magic = '28b52ffd'
/** The last block of a frame: the three bytes `abc` as they are. */
const abc = '190000616263'

async function open(bytes: Uint8Array, maximumBytes = 128 * mebibyte): Promise<Buffer> {
  const opened = await layers.zstd.open?.(bytes, maximumBytes)
  return Buffer.from(opened ?? [])
}

async function faultOf(hex: string, maximumBytes?: number): Promise<string> {
  try {
    await open(fromHex(hex), maximumBytes)
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
    ['something after it', `${magic} 00 00 ${abc} 00112233`, /^It is damaged: no frame begins at offset 12$/],
  ])('with %s is refused', async (_what, hex, expected) => {
    expect(await faultOf(hex)).toMatch(expected)
  })

  test('with the largest window that is allowed is opened, and only what its blocks need is allocated', async () => {
    // 128 MiB, in each of 2,000 frames: 250 GiB.
    const frame = fromHex(`${magic} 00 88 ${abc}`)
    expect((await open(Buffer.alloc(2_000 * frame.length, frame))).byteLength).toBe(6_000)
  })

  test.each([
    ['without content', `${magic} 20 00 010000`, ''],
    ['with a dictionary of no number', `${magic} 01 00 00 ${abc}`, 'abc'],
    ['with a check sum, and another', `${magic} 24 03 ${abc} 01020304 ${magic} 00 00 ${abc}`, 'abcabc'],
    ['between skippable ones', `502a4d1802000000ffff ${magic} 00 00 ${abc} 5f2a4d1800000000`, 'abc'],
  ])('%s is opened', async (_what, hex, expected) => {
    expect((await open(fromHex(hex))).toString()).toBe(expected)
  })

  test('beyond the limit in all is refused', async () => {
    // 128 KiB of one byte in each of 20 frames.
    const hex = `${magic} 00 38 03001061`.repeat(20)
    expect((await open(fromHex(hex))).byteLength).toBe(20 * 128 * 1024)
    expect(await faultOf(hex, 2 * mebibyte)).toBe('It holds more than the limit of 2.00 MiB')
  })

  test('of many tiny blocks with a large window is refused', async () => {
    const block = fromHex('020010 61')
    const blocks = Buffer.alloc(3_000 * block.length, block)
    const bytes = Buffer.concat([fromHex(`${magic} 00 88`), blocks, fromHex(abc)])
    await expect(open(bytes)).rejects.toThrow(/^It would take too long: it has 3,001 blocks with a window of 128 MiB$/)
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
    async (args) => {
      const compressed = execFileSync('zstd', ['-q', '-c', ...args], { input: content, maxBuffer: 64 * mebibyte })
      expect((await open(compressed)).equals(content)).toBe(true)
    },
  )
})
