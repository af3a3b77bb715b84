import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { xxHash32 } from 'js-xxhash'
import { describe, expect, test } from 'vitest'
import { LayerError, layers } from '../../../src/shared/layers/index.ts'
import { fromHex } from '../codecs/support.ts'

const mebibyte = 1024 * 1024

const open = (bytes: Uint8Array, maximumBytes = 128 * mebibyte): Buffer =>
  Buffer.from(layers.lz4.open(bytes, maximumBytes))

function faultOf(bytes: Uint8Array, maximumBytes?: number): string {
  try {
    open(bytes, maximumBytes)
  } catch (thrown) {
    if (thrown instanceof LayerError) return thrown.message
    throw thrown
  }
  throw new Error('Expected a LayerError, but nothing was thrown')
}

/** A frame of independent blocks of up to 64 KiB, or another header, with the right sum of it. */
function frameOf(blocks: string, header = '6040'): Uint8Array {
  const descriptor = fromHex(header)
  const sum = (xxHash32(descriptor) >>> 8) & 0xff
  return Uint8Array.from([...fromHex('04224d18'), ...descriptor, sum, ...fromHex(blocks)])
}

const stored = '03000080 616263'
const end = '00000000'

describe('an LZ4 frame', () => {
  test.each([
    [
      'written by the lz4 program',
      fromHex('04224d186440a70f0000006968656c6c6f20060050656c6c6f0a00000000e2ff0342'),
      'hello hello hello hello\n',
    ],
    ['of a stored block', frameOf(`${stored} ${end}`), 'abc'],
    ['without content', frameOf(end), ''],
    ['with a byte that is repeated', frameOf(`07000000 1f61010000107a ${end}`), `${'a'.repeat(20)}z`],
    ['and another', Uint8Array.from([...frameOf(`${stored} ${end}`), ...frameOf(`${stored} ${end}`)]), 'abcabc'],
    [
      'between skippable ones',
      Uint8Array.from([
        ...fromHex('502a4d1802000000ffff'),
        ...frameOf(`${stored} ${end}`),
        ...fromHex('512a4d1800000000'),
      ]),
      'abc',
    ],
    ['of linked blocks', frameOf(`${stored} 06000000 020300206465 ${end}`, '4040'), 'abcabcabcde'],
  ])('%s is opened', (_what, bytes, expected) => {
    expect(open(bytes).toString()).toBe(expected)
  })

  test.each([
    [
      'a block that refers to the one before it',
      frameOf(`${stored} 06000000 020300206465 ${end}`),
      /refers to what is not there$/,
    ],
    ['a distance of 0', frameOf(`05000000 1061000010 ${end}`), /refers to what is not there$/],
    ['a block that is cut short', frameOf(`02000000 2061 ${end}`), /^It is damaged: a block is cut short$/],
    ['no end', frameOf(stored), /^It is cut short$/],
    [
      'a wrong header',
      Uint8Array.from([...fromHex('04224d18 6040 00'), ...fromHex(end)]),
      /header's check sum does not match$/,
    ],
    ['a wrong sum of a block', frameOf(`${stored} 01020304 ${end}`, '7040'), /check sum of a block does not match$/],
    ['a wrong sum', frameOf(`${stored} ${end} 01020304`, '6440'), /^It is damaged: the check sum does not match$/],
    [
      'less content than it has',
      frameOf(`${stored} ${end}`, '6840 0200000000000000'),
      /declares 2 B of content and holds 3 B$/,
    ],
    [
      'endless content',
      frameOf(`${stored} ${end}`, '6840 ffffffffffffff7f'),
      /^It declares [\d.,e+]+ GiB of content; the limit is/,
    ],
    ['a dictionary', frameOf(`${stored} ${end}`, '6140 78563412'), /^It needs the dictionary 305419896, which/],
    ['a reserved bit', frameOf(end, '6240'), /has a bit that has no meaning$/],
    ['another version', frameOf(end, 'a040'), /^It is of version 2 /],
    ['a block of 1 GiB', frameOf(`00000040 ${end}`), /a block is larger than the header says$/],
    [
      'something after it',
      Uint8Array.from([...frameOf(end), 1, 2, 3, 4]),
      /^It is damaged: no frame begins at offset 11$/,
    ],
  ])('with %s is refused', (_what, bytes, expected) => {
    expect(faultOf(bytes)).toMatch(expected)
  })

  test('stops at the limit', () => {
    // One byte, repeated 254 * 255 times: a block of 260 B.
    const repeats = `1f610100${'ff'.repeat(250)}00107a`
    const block = fromHex(repeats)
    const size = Buffer.alloc(4)
    size.writeUInt32LE(block.length)
    const part = `${size.toString('hex')} ${repeats}`
    const bytes = frameOf(`${part.repeat(100)} ${end}`)
    expect(open(bytes).length).toBeGreaterThan(6_000_000)
    expect(faultOf(bytes, mebibyte)).toBe('It holds more than the limit of 1.00 MiB')
  })

  test('of random blocks gives bytes or a LayerError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (block) => {
        const bytes = frameOf(
          `${block.length.toString(16).padStart(2, '0')}000000 ${Buffer.from(block).toString('hex')} ${end}`,
        )
        try {
          open(bytes)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(LayerError)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

function hasLz4(): boolean {
  try {
    execFileSync('lz4', ['--version'])
    return true
  } catch {
    return false
  }
}

describe.skipIf(!hasLz4())('what the lz4 program writes (where it is installed)', () => {
  const content = Buffer.from(Array.from({ length: 60_000 }, (_, index) => `${index % 977},`).join(''))

  test.each([[['-1']], [['-9']], [['-9', '-BD', '-B4']], [['-BX', '-B5', '--content-size']], [['--no-frame-crc']]])(
    'with %j is opened',
    { timeout: 30_000 },
    (args) => {
      const compressed = execFileSync('lz4', ['-q', '-c', ...args], { input: content, maxBuffer: 64 * mebibyte })
      expect(open(compressed).equals(content)).toBe(true)
    },
  )
})
