import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CodecOptions, TreeNode } from '../../../../src/shared/codecs/codec.ts'
import { protobuf } from '../../../../src/shared/codecs/protobuf.ts'
import { fromHex } from '../support.ts'
import { messageJson } from './json-arbitrary.ts'
import { legacy, modern, nodesOf, outline, person, scalars, wireMessage } from './support.ts'

const everyOption: readonly CodecOptions[] = [{}, ...[person, scalars, legacy, modern].map((message) => ({ message }))]

function read(bytes: Uint8Array, options: CodecOptions = {}) {
  const reading = protobuf.read?.(bytes, options)
  if (reading?.root === undefined) throw new Error('Expected a tree')
  return { root: reading.root, fault: reading.fault }
}

/** Children stand within their parent, and a fault within the frame. */
function checkReading(bytes: Uint8Array, options: CodecOptions): void {
  const { root, fault } = read(bytes, options)
  expect([root.start, root.end]).toEqual([0, bytes.length])
  const check = (node: TreeNode) => {
    expect(node.start).toBeLessThanOrEqual(node.end)
    for (const child of node.children ?? []) {
      const start = child.keySpan?.start ?? child.start
      if (child.keySpan) expect(child.keySpan.end).toBe(child.start)
      if (start < node.start || child.end > node.end) expect(JSON.stringify(child)).toBe('within its parent')
      check(child)
    }
  }
  check(root)
  if (fault === undefined) return
  expect(fault.code).toBe('decode-failed')
  expect(fault.message).toMatch(/^[A-Z].*[^.]$/)
  expect(fault.offset).toBeGreaterThanOrEqual(0)
  expect(fault.offset + fault.length).toBeLessThanOrEqual(bytes.length)
}

describe('faults are told, with what could be read before', () => {
  test.each([
    ['08', 1, 0, 'Cut short: a byte needed at byte 1, with nothing left'],
    ['0896', 1, 1, 'Cut short: a varint goes on after byte 1, with nothing left'],
    ['80', 0, 1, 'Cut short: the tag of a field goes on after byte 0, with nothing left'],
    ['0d0000', 1, 2, 'Cut short: 4 bytes needed at byte 1, with only 2 left'],
    ['09', 1, 0, 'Cut short: 8 bytes needed at byte 1, with only 0 left'],
    ['0a', 1, 0, 'Cut short: a byte needed at byte 1, with nothing left'],
    ['0a0561', 2, 1, 'Cut short: 5 bytes needed at byte 2, with only 1 left'],
    ['0affffffffffffffffff0161', 11, 1, 'Cut short: 18446744073709551615 bytes needed at byte 11, with only 1 left'],
    ['00', 0, 1, 'The tag at byte 0 has field number 0: they begin at 1'],
    ['0801' + '0e', 2, 1, 'The tag at byte 2 has wire type 6, which Protobuf does not use'],
    ['0f', 0, 1, 'The tag at byte 0 has wire type 7, which Protobuf does not use'],
    ['8080808010', 0, 5, 'The tag at byte 0 has a field number beyond 536870911'],
    ['08ffffffffffffffffffff01', 1, 10, 'A varint at byte 1 has more than 10 bytes'],
    ['0b', 0, 1, 'The group of field 1, which begins at byte 0, has no end'],
    ['0b14', 1, 1, 'Byte 1 ends a group of field 2, but the group of field 1 is open'],
    ['0c', 0, 1, 'Byte 0 ends a group of field 1, but no group is open'],
  ])('%s', (hex, offset, length, message) => {
    for (const options of [{}, { message: modern }]) {
      expect(read(fromHex(hex), options).fault).toMatchObject({ code: 'decode-failed', offset, length, message })
    }
  })

  test('in the tree', () => {
    expect(outline(fromHex('0805' + '0d0000'))).toEqual(['|message|2 fields', '  1|varint|5 (sint -3)', "  1|32-bit|h'0000' # cut short"])
    expect(outline(fromHex('0805' + '00ff'))).toEqual(['|message|1 field', '  1|varint|5 (sint -3)', "  rest|2 bytes|h'00ff' # left over"])
    expect(outline(fromHex('0805' + '4a0a0a0161'), person)).toEqual([
      '|rich.v1.Person|2 fields',
      '  1|varint|5 (sint -3) # unknown field, wrong wire type: name is written as length-delimited',
      '  phone|rich.v1.Person.Phone · length-delimited|1 field # cut short',
      '    number|string · length-delimited|"a"',
    ])
    // A message that is broken inside has its length: what follows it is read all the same.
    expect(outline(fromHex('4a0100' + '1005'), person)).toEqual([
      '|rich.v1.Person|2 fields',
      '  phone|rich.v1.Person.Phone · length-delimited|0 fields',
      "    rest|1 byte|h'00' # left over",
      '  id|int32 · varint|5',
    ])
    expect(outline(fromHex('ba060201ff'), scalars)).toEqual([
      '|rich.v1.Scalars|1 field',
      '  int32s|int32 · length-delimited|1 item # packed',
      '    0|int32 · varint|1',
      "    rest|1 byte|h'ff' # left over",
    ])
  })

  test.each([
    ['ba060201ff', 4, 'The packed field ends within a varint at byte 4'],
    ['aa06020100', 3, 'The packed field ends with 2 bytes at byte 3, where a value takes 8'],
  ])('a packed field of a wrong length: %s', (hex, offset, message) => {
    expect(read(fromHex(hex), { message: scalars }).fault).toMatchObject({ offset, message })
  })
})

describe('never throws, whatever the bytes', () => {
  test('of complete messages', () => {
    fc.assert(
      fc.property(wireMessage, fc.constantFrom(...everyOption), (bytes, options) => {
        checkReading(bytes, options)
        expect(read(bytes).fault).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })

  test('of the beginnings of messages', () => {
    fc.assert(
      fc.property(wireMessage, fc.constantFrom(...everyOption), fc.nat(), (bytes, options, cut) => {
        checkReading(bytes.subarray(0, cut % (bytes.length + 1)), options)
      }),
      { numRuns: 1000 },
    )
    fc.assert(
      fc.property(messageJson(person), (json) => {
        const bytes = protobuf.encode(json, { message: person })
        for (let end = 0; end < Math.min(bytes.length, 100); end += 1) checkReading(bytes.subarray(0, end), { message: person })
      }),
      { numRuns: 30 },
    )
  })

  test('of random ones', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(...everyOption), checkReading),
      { numRuns: 2000 },
    )
  })

  test.each<[string, number[], number[]]>([
    ['lengths', [], []],
    ['groups', [0x33], [0x34]],
  ])('of deep nesting: %s', (_, open, close) => {
    const nested = (levels: number) => {
      if (open.length > 0) return Uint8Array.from([...Array(levels).fill(open[0]), ...Array(levels).fill(close[0])])
      let bytes: number[] = []
      for (let level = 0; level < levels; level += 1) {
        const size = bytes.length
        bytes = [0x3a, ...(size < 128 ? [size] : [(size & 127) | 128, size >> 7]), ...bytes]
      }
      return Uint8Array.from(bytes)
    }
    for (const options of [{}, { message: modern }]) {
      expect(read(nested(1000), options).fault).toBeUndefined()
      checkReading(nested(3000), options)
    }
    expect(read(nested(3000), { message: modern }).fault?.message).toBe('More than 1000 levels of nesting')
  })

  test('of more fields than can be shown', () => {
    const bytes = new Uint8Array(4_200_000).fill(0x08)
    for (const options of [{}, { message: scalars }]) {
      const { root, fault } = read(bytes, options)
      expect(fault?.message).toMatch(/^More than 2000000 /)
      expect(root.children?.length).toBeLessThanOrEqual(2_000_001)
    }
    const packed = Uint8Array.from([0xba, 0x06, 0x80, 0xad, 0xe2, 0x04, ...new Uint8Array(10_000_000)])
    expect(read(packed, { message: scalars }).fault?.message).toMatch(/^More than 2000000 /)
  })

  test('of what is shown again on each level of nesting', () => {
    let bytes = Buffer.alloc(1_000_000, 0xff)
    for (let level = 0; level < 900; level += 1) {
      const length: number[] = []
      let size = bytes.length
      while (size > 127) {
        length.push((size & 127) | 128)
        size >>= 7
      }
      bytes = Buffer.concat([Buffer.from([0x0a, ...length, size]), bytes])
    }
    const before = performance.now()
    const { root, fault } = read(new Uint8Array(bytes))
    expect(fault).toBeUndefined()
    expect(nodesOf(root).length).toBeGreaterThan(900)
    expect(protobuf.decode(new Uint8Array(bytes)).length).toBeLessThan(3_000_000)
    expect(performance.now() - before).toBeLessThan(20_000)
  })
})
