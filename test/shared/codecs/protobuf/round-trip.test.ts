import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CodecOptions, TreeNode } from '../../../../src/shared/codecs/codec.ts'
import { protobuf, protobufLine } from '../../../../src/shared/codecs/protobuf.ts'
import { nightly, tries } from '../../../support/nightly.ts'
import { fromHex, succeedsOrPointsInto, toHex } from '../support.ts'
import { everything, known, record } from './schemas.ts'
import { wireMessage } from './wire-bytes.ts'

const types: [string, CodecOptions][] = [
  ['no type', {}],
  ['proto3', { message: everything }],
  ['well-known types', { message: known }],
  ['proto2', { message: record }],
]

describe.each(types)('%s', (_name, options) => {
  test('the text of a complete message encodes to exactly its bytes', () => {
    fc.assert(
      fc.property(wireMessage, (bytes) => {
        const text = protobuf.decode(bytes, options)
        expect(toHex(protobuf.encode(text, options))).toBe(toHex(bytes))
        const line = protobuf.decode(bytes, { ...options, isOneLine: true })
        expect(line).not.toContain('\n')
        expect(toHex(protobuf.encode(line, options))).toBe(toHex(bytes))
        expect(protobufLine(bytes, options, 100)?.length).toBeLessThanOrEqual(100)
      }),
      tries(400, 1000),
    )
  })

  test('the tree of a complete message covers it, and so does that of any part', () => {
    fc.assert(
      fc.property(wireMessage, (bytes) => {
        for (let length = 0; length <= bytes.length; length += 1) checkReading(bytes.subarray(0, length), options)
      }),
      { numRuns: 60 },
    )
  })

  test('random bytes are read or rejected with an offset inside them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        succeedsOrPointsInto(bytes.length, () => protobuf.decode(bytes, options))
        checkReading(bytes, options)
        protobufLine(bytes, options, 50)
      }),
      tries(400, 1000),
    )
  })
})

describe('does not crash', () => {
  const nested = (levels: number): Uint8Array => {
    let bytes: number[] = []
    for (let level = 0; level < levels; level += 1) {
      const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7]
      // Field 17 of Everything is Everything.
      bytes = [0x8a, 0x01, ...length, ...bytes]
    }
    return Uint8Array.from(bytes)
  }

  test.each(types)('by deep nesting: %s', (_name, options) => {
    for (const levels of [300, 900, 999, 1000, 1100, 3000]) {
      const bytes = nested(levels)
      const { root } = checkReading(bytes, options)
      expect(root?.start).toBe(0)
      expect(toHex(protobuf.encode(protobuf.decode(bytes, options), options))).toBe(toHex(bytes))
    }
  })

  test.each(types)('by deep groups: %s', (_name, options) => {
    for (const levels of [900, 999, 1000, 100_000]) {
      const bytes = new Uint8Array(levels * 2).fill(0x33, 0, levels).fill(0x34, levels)
      const { fault } = checkReading(bytes, options)
      expect(fault !== undefined).toBe(levels >= 1000)
      if (fault) expect(fault.message).toBe('More than 1000 levels of nesting')
      else expect(toHex(protobuf.encode(protobuf.decode(bytes, options), options))).toBe(toHex(bytes))
    }
  })

  test.each([
    ['{', 'JSON'],
    ['1:{', 'notation'],
    ['1:!{', 'groups'],
    ['{"nested":', 'nested JSON'],
  ])('by deep text: %s', (opening) => {
    for (const levels of [990, 1010, 100_000]) {
      const text = opening.repeat(levels)
      succeedsOrPointsInto(text.length, () => protobuf.encode(text, { message: everything }))
      succeedsOrPointsInto(text.length, () => protobuf.encode(text))
    }
    const whole = `${'{"nested":'.repeat(999)}{}${'}'.repeat(999)}`
    expect(protobuf.encode(whole, { message: everything }).length).toBeGreaterThan(3000)
  })

  // Two million fields take ten seconds.
  test.runIf(nightly)(
    'by more fields than can be shown',
    () => {
      const bytes = new Uint8Array(4_100_000).fill(1)
      for (let index = 0; index < bytes.length; index += 2) bytes[index] = 8
      const reading = protobuf.read?.(bytes)
      expect(reading?.fault?.message).toMatch(/^More than 2000000 /)
    },
    60_000,
  )
})

test('unusual encodings', () => {
  const bytes = fromHex('88808000 96818000 1a8300 080102 2b 8800 05 ac8000')
  const text = protobuf.decode(bytes)
  expect(text).toBe(
    'long-form:3 1: long-form:2 150\n3: long-form:1 {`080102`}\n5: !{\n  long-form:1 1: 5\nlong-form:2 }',
  )
  expect(toHex(protobuf.encode(text))).toBe(toHex(bytes))
})

/** Reads, and checks that every node is inside its parent, after its own key. */
function checkReading(bytes: Uint8Array, options: CodecOptions) {
  const reading = protobuf.read?.(bytes, options)
  if (reading === undefined) throw new Error('No reading')
  const { root, fault } = reading
  expect(root).toMatchObject({ start: 0, end: bytes.length })
  if (fault) {
    expect(fault.code).toBe('decode-failed')
    expect(fault.offset + fault.length).toBeLessThanOrEqual(bytes.length)
  }
  const open: TreeNode[] = root ? [root] : []
  let isSound = true
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of node.children ?? []) {
      const start = child.keySpan?.start ?? child.start
      isSound &&= start >= node.start && child.end <= node.end && child.start <= child.end
      isSound &&= child.keySpan === undefined || child.keySpan.end <= child.start
      open.push(child)
    }
  }
  expect(isSound).toBe(true)
  return reading
}
