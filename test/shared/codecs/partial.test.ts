import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TreeNode } from '../../../src/shared/codecs/codec.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { nightly, tries } from '../../support/nightly.ts'
import { checkedReading, nodesOf, outline, read, type Structured, structured } from './readings.ts'
import { fromHex } from './support.ts'
import { appendixA } from './vectors/cbor-appendix-a.ts'
import { messagePackTypes } from './vectors/messagepack-types.ts'

const utf8 = new TextEncoder()

describe('shows what precedes a fault, and where the rest starts', () => {
  test.each<[Structured, string, string[], number, number]>([
    [
      'messagepack',
      '92 01 c1 00',
      ['fixarray 1 of 2 items (cut short)', '  0: positive fixint 1', "  1: unread h'c100' (not read)"],
      2,
      1,
    ],
    ['messagepack', '81 c1 00', ['fixmap 0 of 1 entry (cut short)', "  h'c100' (unread): missing  (cut short)"], 1, 1],
    [
      'messagepack',
      '01 9202',
      ['frame 1 value, 2 bytes left over', '  positive fixint 1', "  left over h'9202' (left over)"],
      1,
      2,
    ],
    ['cbor', '82 01 1c', ['array 1 of 2 items (cut short)', '  0: integer 1', "  1: unread h'1c' (not read)"], 2, 1],
    ['cbor', '82 01 ff', ['array 1 of 2 items (cut short)', '  0: integer 1', "  1: unread h'ff' (not read)"], 2, 1],
    [
      'cbor',
      'bf 01 ff',
      ['map (indefinite length) 0 entries (cut short)', "  1 (integer): unread h'ff' (not read)"],
      1,
      1,
    ],
    ['cbor', '81 f814', ['array 0 of 1 item (cut short)', "  0: unread h'f814' (not read)"], 1, 2],
    [
      'cbor',
      '5f 4101 6101 ff',
      ["byte string (indefinite length) h'01' (cut short)", "  byte string h'01'", "  unread h'6101ff' (not read)"],
      3,
      1,
    ],
    ['json', '5b317d5d', ['array 1 item (cut short)', '  0: number 1', '  1: unread "}]" (not read)'], 2, 1],
    [
      'json',
      '5b315d2020785d',
      ['frame 1 value, 2 bytes left over', '  array 1 item', '    0: number 1', '  left over "x]" (left over)'],
      5,
      1,
    ],
    ['json', '7b22613a317d', ['object 0 entries (cut short)', '  "a:1}: missing  (cut short)'], 1, 5],
  ])('%s %s', (id, hex, lines, offset, length) => {
    const { root, fault } = checkedReading(id, fromHex(hex))
    expect(outline(root)).toEqual(lines)
    expect(fault).toMatchObject({ offset, length })
  })

  test.each<[Structured, string]>([
    ['messagepack', 'c1'],
    ['cbor', '1c00'],
    ['cbor', 'ff'],
    ['json', '78'],
    ['json', '2020'],
    ['json', 'ff'],
    ['json', ''],
    ['cbor', ''],
  ])('nothing of %s %s, which is invalid from the start', (id, hex) => {
    const { root, fault } = checkedReading(id, fromHex(hex))
    expect(root).toBeUndefined()
    expect(fault).toBeDefined()
  })
})

describe('JSON that is not all UTF-8', () => {
  test.each<[string, string[], number]>([
    ['5b2261ff62222c315d', ['array 2 items', "  0: string h'61ff62' (invalid UTF-8)", '  1: number 1'], 3],
    [
      '7b22ff223a312c22ff223a327d',
      [
        'object 2 entries',
        "  h'ff' (string): number 1 (invalid UTF-8 in the key)",
        "  h'ff' (string): number 2 (duplicate key, invalid UTF-8 in the key)",
      ],
      2,
    ],
    ['22c3a9ff5c6e22', ["string h'c3a9ff5c6e' (invalid UTF-8)"], 3],
    ['5b31ff5d', ['array 1 item (cut short)', '  0: number 1', "  1: unread h'ff5d' (not read)"], 2],
    ['5b22e282', ['array 1 item (cut short)', "  0: string h'22e282' (cut short)"], 1],
    ['7b7dff', ['frame 1 value, 1 byte left over', '  object 0 entries', "  left over h'ff' (left over)"], 2],
  ])('%s', (hex, lines, offset) => {
    const { root, fault } = checkedReading('json', fromHex(hex))
    expect(outline(root)).toEqual(lines)
    expect(fault?.offset).toBe(offset)
  })

  test('says so, and where', () => {
    expect(read('json', fromHex('22ff22')).fault).toMatchObject({
      offset: 1,
      length: 1,
      message: 'Byte 1 is not valid UTF-8',
    })
  })

  test('a byte order mark is reported, and the value after it is read', () => {
    const { root, fault } = checkedReading('json', utf8.encode('\ufeff{"é":1}'))
    expect(root).toMatchObject({ type: 'object', start: 3, end: 11, children: [{ key: 'é', start: 9, end: 10 }] })
    expect(fault).toMatchObject({ offset: 0, length: 3 })
    expect(fault?.message).toBe('JSON must not begin with a byte order mark (U+FEFF)')
  })

  test('any bytes in a string leave the rest unchanged', () => {
    const invalid = fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => bytes.map((byte) => byte | 0x80))
    fc.assert(
      fc.property(invalid, (bytes) => {
        const frame = Uint8Array.from([...utf8.encode('["'), ...bytes, ...utf8.encode('",12]')])
        const { root } = checkedReading('json', frame)
        expect(root?.children?.[0]).toMatchObject({ type: 'string', start: 1, end: bytes.length + 3 })
        expect(root?.children?.[1]).toMatchObject({ type: 'number', value: '12', end: frame.length - 1 })
      }),
    )
  })
})

describe('bounds', () => {
  // The formats share their count of values: one of them is enough by day.
  const tooMany: readonly [Structured, Uint8Array][] = [
    ['messagepack', Uint8Array.from([0xdd, 0, 0x20, 0, 0, ...new Uint8Array(0x200000)])],
    ['cbor', Uint8Array.from([0x9f, ...new Uint8Array(0x200000), 0xff])],
    ['json', utf8.encode(`[${'1,'.repeat(2_000_000)}1]`)],
  ]
  test.each(tooMany.slice(0, nightly ? 3 : 1))('%s: no more than two million values', (id, bytes) => {
    const { root, fault } = read(id, bytes)
    // The container counts as a value itself.
    const values = root?.children ?? []
    expect(values).toHaveLength(2_000_000)
    expect(values.at(-1)).toMatchObject({ type: 'unread', note: 'not read', end: bytes.length })
    expect(fault).toMatchObject({ message: 'More than 2000000 values', offset: values.at(-1)?.start })
  })

  test.each<[Structured, string, string]>([
    ['messagepack', '91', ''],
    ['messagepack', '81a0', ''],
    ['messagepack', '81', ''],
    ['cbor', '81', ''],
    ['cbor', '9f', ''],
    ['cbor', 'c1', ''],
    ['cbor', 'bf', ''],
    ['json', '5b', ''],
    ['json', '7b22223a', ''],
  ])('%s: levels of %s beyond a thousand are not read', (id, level) => {
    const bytes = fromHex(level.repeat(100_000))
    const { root, fault } = read(id, bytes)
    expect(fault).toMatchObject({ message: 'More than 1000 levels of nesting', offset: (level.length / 2) * 1000 })
    expect(root).toMatchObject({ start: 0, end: bytes.length })
  })

  test('encoded CBOR counts as levels too, and deeper content stays bytes', () => {
    let frame: Uint8Array = Uint8Array.of(0)
    for (let level = 0; level < 600; level += 1) {
      const size = frame.length
      frame = Uint8Array.from([0xd8, 24, 0x59, size >> 8, size & 0xff, ...frame])
    }
    const { root, fault } = read('cbor', frame)
    expect(fault).toBeUndefined()
    const notes = [...nodesOf(root)].map(({ note }) => note).filter((note) => note !== undefined)
    expect(notes).toEqual(['not one whole CBOR item'])
    expect(codecs.cbor.encode(codecs.cbor.decode(frame))).toEqual(frame)
  })

  test('nested keys are examined once', () => {
    // Maps of two entries: the first key is the next map; the innermost is a 1 MiB text.
    const levels = 900
    const text = new Uint8Array(1024 * 1024).fill(0x61)
    const opening = fromHex(`${'82'.repeat(levels)}db00100000`)
    const closing = fromHex('c0a161c0'.repeat(levels))
    // Written out at each level, the keys would take 1 GiB.
    const { root, fault } = read('messagepack', Uint8Array.from([...opening, ...text, ...closing]))
    expect(fault).toBeUndefined()
    expect(root?.children?.map(({ key }) => key?.length)).toEqual([expect.any(Number), 1])
    expect(root?.children?.[0]?.key?.length).toBeLessThan(1000)
  })
})

describe.each([
  ['cbor', appendixA.map(([hex]) => hex)],
  ['messagepack', messagePackTypes.map(([hex]) => hex).filter((hex) => hex.length < 2000)],
] as const)('%s', (id, vectors) => {
  test('every prefix of every vector has a fault, and the vector none', () => {
    for (const hex of vectors) {
      const bytes = fromHex(hex)
      expect(checkedReading(id, bytes).fault).toBeUndefined()
      for (let length = 0; length < bytes.length; length += 1) {
        const { root, fault } = checkedReading(id, bytes.subarray(0, length))
        expect(fault).toBeDefined()
        if (length > 0)
          expect(root).toMatchObject({ start: 0, end: length, note: expect.stringContaining('cut short') })
      }
    }
  })

  test('every vector with trailing bytes is a complete value plus leftovers', () => {
    for (const hex of vectors) {
      const { root, fault } = checkedReading(id, fromHex(`${hex}c1ff`))
      expect(fault).toMatchObject({ offset: hex.length / 2, length: 2 })
      expect(root).toMatchObject({ type: 'frame', value: '1 value, 2 bytes left over' })
      expect(root?.children).toEqual([
        read(id, fromHex(hex)).root,
        {
          type: 'left over',
          value: "h'c1ff'",
          exact: 'c1ff',
          start: hex.length / 2,
          end: hex.length / 2 + 2,
          note: 'left over',
        },
      ])
    }
  })
})

describe.each(structured)('%s', (id, frame) => {
  test('a prefix reads the same as in the whole', () => {
    fc.assert(
      fc.property(frame, fc.nat(), (bytes, cut) => {
        const whole = checkedReading(id, bytes)
        expect(whole.fault).toBeUndefined()
        const length = cut % (bytes.length + 1)
        const part = checkedReading(id, bytes.subarray(0, length))
        const known = new Set([...nodesOf(whole.root)].map(identity))
        for (const node of nodesOf(part.root)) {
          // A JSON number has no end of its own.
          const isOpenEnded = id === 'json' && node.type === 'number' && node.end === length
          if (!/cut short|not read/.test(node.note ?? '') && !isOpenEnded) expect(known).toContain(identity(node))
        }
      }),
      tries(200, 500),
    )
  })

  test('modified and random frames give a tree or a fault inside them, and agree with decode', () => {
    const changed = fc
      .tuple(frame, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }))
      .map(([bytes, changes]) => {
        const copy = bytes.slice()
        for (const [place, byte] of changes) copy[place % copy.length] = byte
        return copy
      })
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 60 })), (bytes) => {
        const { fault } = checkedReading(id, bytes)
        expect(decodes(id, bytes)).toBe(fault === undefined)
      }),
      tries(500, 1500),
    )
  })
})

function decodes(id: Structured, bytes: Uint8Array): boolean {
  try {
    codecs[id].decode(bytes)
    return true
  } catch {
    return false
  }
}

const identity = ({ type, value, start, end, key }: TreeNode): string => [type, value, start, end, key].join(' ')
