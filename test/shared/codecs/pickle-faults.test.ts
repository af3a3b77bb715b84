import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TreeNode } from '../../../src/shared/codecs/codec.ts'
import { looksLikePickle, pickleText, readPickle } from '../../../src/shared/codecs/pickle/pickle.ts'
import { tries } from '../../support/nightly.ts'
import { handmade } from './pickle-programs.ts'
import { checked, written } from './pickles.ts'
import { nodesOf, outline } from './readings.ts'
import { codecError, fromHex } from './support.ts'

describe('a fault', () => {
  test.each([
    ['', 0, 0, 'Nothing to decode: the frame is empty'],
    ['80 06 4e 2e', 0, 2, 'PROTO at byte 0 is of protocol 6: the highest known is 5'],
    ['ff', 0, 1, 'Byte 0 is ff, which is no opcode of a pickle'],
    ['4b 01', 2, 0, 'Cut short: the pickle has no end (a full stop)'],
    ['5d 28 4b 01 4b 02', 6, 0, 'Cut short: the pickle has no end (a full stop)'],
    ['58 05000000 61', 5, 1, 'Cut short: BINUNICODE at byte 0 needs 5 bytes, with only 1 left'],
    [
      '8d ffffffffffffffff 61',
      9,
      1,
      'Cut short: BINUNICODE8 at byte 0 needs 18446744073709551615 bytes, with only 1 left',
    ],
    ['4b 01 61 2e', 2, 1, 'APPEND at byte 2 finds no value on the stack'],
    ['4b 01 4b 02 61 2e', 4, 1, 'APPEND at byte 4 cannot add to a int'],
    ['7d 28 4b 01 75 2e', 4, 1, 'SETITEMS at byte 4 has a key without a value'],
    ['74 2e', 0, 1, 'TUPLE at byte 0 finds no mark on the stack'],
    ['4b 01 28 2e', 3, 1, 'STOP at byte 3 finds no value on the stack'],
    ['68 07 2e', 0, 2, 'BINGET at byte 0 refers to 7, which nothing was stored as'],
    ['4e 4e 52 2e', 2, 1, 'REDUCE at byte 2 needs a tuple of arguments'],
    ['49 78 0a 2e', 0, 3, 'INT at byte 0 has no integer on its line'],
    ['46 78 0a 2e', 0, 3, 'FLOAT at byte 0 has no float on its line'],
    ['53 78 0a 2e', 0, 3, 'STRING at byte 0 has no string in quotes on its line'],
    ['49 31', 1, 1, 'Cut short: INT at byte 0 has no line break after it'],
    ['8b ffffffff 2e', 0, 5, 'LONG4 at byte 0 has a length below zero: -1'],
    ['4e 4e 93 2e', 2, 1, 'STACK_GLOBAL at byte 2 needs the names of a module and of something in it'],
    ['4e 98 2e', 1, 1, 'READONLY_BUFFER at byte 1 needs a buffer, not a constant'],
    ['80 04 95 0300000000000000 4e 2e', 2, 9, 'FRAME at byte 2 announces 3 bytes, with only 2 left'],
    ['4e 2e 00 01', 2, 2, 'The pickle ends at byte 2, with 2 bytes left over'],
  ])('%s', (hex, offset, length, message) => {
    expect(checked(fromHex(hex)).fault).toMatchObject({ code: 'decode-failed', offset, length, message })
    expect(codecError(() => pickleText(fromHex(hex)))).toMatchObject({ offset, length, message })
    expect(looksLikePickle(fromHex(hex))).toBe(false)
  })

  test('leaves what was read before it', () => {
    expect(outline(checked(fromHex('7d 28 8c016e 4b05 8c0161 5d 28 4b01 4b02')).root)).toEqual([
      'pickle 1 item (cut short)',
      '  dict 2 entries',
      '    n: int 5',
      '    a: list 2 items',
      '      0: int 1',
      '      1: int 2',
    ])
    expect(outline(checked(fromHex('7d 28 8c016e ff')).root)).toEqual([
      'pickle 1 item (cut short)',
      '  dict 1 entry',
      '    n: missing  (cut short)',
      "  unread h'ff' (not read)",
    ])
    expect(outline(checked(fromHex('4b01 4b02 52 2e')).root)).toEqual([
      'pickle 2 items (cut short)',
      '  int 1',
      '  int 2',
      "  unread h'522e' (not read)",
    ])
    expect(outline(checked(fromHex('4e2e00')).root)).toEqual([
      'frame 1 value, 1 byte left over',
      '  None None',
      "  left over h'00' (left over)",
    ])
    expect(checked(fromHex('ff')).root).toBeUndefined()
  })
})

describe('bounds', () => {
  test('a thousand levels, however they are made', () => {
    for (const level of ['85', '28 74', '5d 28']) {
      const isClosed = level !== '28 74'
      const bytes = isClosed ? fromHex(`4e ${level.repeat(3000)}`) : fromHex(`${'28'.repeat(3000)}${'74'.repeat(3000)}`)
      const { root, fault } = checked(bytes)
      expect(fault).toBeDefined()
      expect(depthOf(root)).toBeLessThan(1010)
    }
    expect(checked(fromHex(`4e ${'85'.repeat(1000)} 2e`)).fault).toBeUndefined()
    expect(checked(fromHex(`4e ${'85'.repeat(1001)} 2e`)).fault?.message).toBe(
      'TUPLE1 at byte 1001 makes more than 1000 levels of nesting',
    )
  })

  test('an integer of very many digits is written in hex', () => {
    const bytes = fromHex(`8b 00001000 ${'00'.repeat(0xfffff)}01 2e`)
    expect(pickleText(bytes)).toMatch(/^0x10{20}/)
    expect(checked(fromHex(`49 ${'31'.repeat(4301)} 0a 2e`)).fault?.message).toBe(
      'INT at byte 0 has more than 4300 digits',
    )
  })

  test('many values that are dropped, used again or added to', () => {
    for (const [opening, part, closing] of [
      ['4e', '4e30', '2e'],
      ['5d7100', '680061', '2e'],
      ['4e', '32', '2e'],
      ['28', '4e', '312e'],
      ['7d', '4e4e73', '2e'],
    ] as const) {
      const { root } = readPickle(fromHex(`${opening}${part.repeat(20_000)}${closing}`))
      expect([...nodesOf(root)].length).toBeGreaterThanOrEqual(20_000)
    }
  })

  test('arguments of one call, as many as fit', () => {
    const { root, fault } = readPickle(fromHex(`636f730a780a28${'4e'.repeat(300_000)}74522e`))
    expect(fault).toBeUndefined()
    expect(root?.children).toHaveLength(300_000)
  })

  const long = 'x'.repeat(200_000)
  // The long text is stored as 0, the names that are needed as 1 and so on; then the part comes very often.
  test.each([
    ['in a list', '](', 'h\0', 'e.'],
    ['as keys', '}(', 'h\0N', 'u.'],
    ['as bytes', 'c_codecs\nencode\nq\x01Vlatin1\nq\x020](', 'h\x01h\0h\x02\x86R', 'e.'],
    ['as bytes in dates', 'cdatetime\ndate\nq\x01c_codecs\nencode\nh\0Vlatin1\n\x86Rq\x020](', 'h\x01h\x02\x85R', 'e.'],
    ['as bytearrays', 'c__builtin__\nbytearray\nq\x010](', 'h\x01h\0\x85R', 'e.'],
    ['as paths', 'cpathlib\nPosixPath\nq\x010](', 'h\x01h\0h\0h\0\x87R', 'e.'],
    ['as numbers', 'cdecimal\nDecimal\nq\x010](', 'h\x01h\0\x85R', 'e.'],
    ['as types', 'cnumpy\ndtype\nq\x010](', 'h\x01h\0\x85R', 'e.'],
    ['as members', 'c__builtin__\ngetattr\nq\x01cos\nx\nq\x020](', 'h\x01h\x02h\0\x86R)R', 'e.'],
    ['as persistent ids', '](', 'h\0Q', 'e.'],
  ])('a long text %s is not written out each time', (_, opening, part, closing) => {
    const count = 5000
    const text = `V${long}\nq\0${opening}${part.repeat(count)}${closing}`
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const { root, fault } = readPickle(bytes)
    expect(fault).toBeUndefined()
    let characters = 0
    for (const { key = '', value, exact } of nodesOf(root))
      characters += key.length + value.length + String(exact).length
    expect(characters).toBeLessThan(10_000_000)
    expect(pickleText(bytes).length).toBeLessThan(10_000_000)
  })

  test('a long name is refused', () => {
    const text = `V${long}\nq\0h\0h\0\x93.`
    const { fault } = readPickle(Uint8Array.from(text, (character) => character.charCodeAt(0)))
    expect(fault?.message).toMatch(/^STACK_GLOBAL at byte \d+ has a name of more than 1000 characters$/)
  })
})

function depthOf(root: TreeNode | undefined): number {
  let level = root ? [root] : []
  let depth = 0
  for (; level.length > 0; depth += 1) level = level.flatMap(({ children = [] }) => children)
  return depth
}

describe('looks like a pickle', () => {
  test('whatever Python writes with a protocol of its own, and containers and text of older ones', () => {
    for (const [, pickles] of written) {
      for (const protocol of [2, 3, 4, 5]) expect(looksLikePickle(fromHex(pickles[protocol] ?? ''))).toBe(true)
    }
    for (const protocol of [0, 1]) expect(looksLikePickle(fromHex(written[0]?.[1][protocol] ?? ''))).toBe(true)
  })

  test.each([
    '].',
    'N.',
    'I1\n.',
    '.',
    ').',
    '}.',
    "S'a'\n.",
    'Hello.',
    'K1.',
    'F1.5\n.',
    '(t.',
    '2024.',
    'Ja, so ist das.',
  ])('not the text %j', (text) => {
    expect(looksLikePickle(new TextEncoder().encode(text))).toBe(false)
  })

  test('not text of words', () => {
    const word = fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,()[]{}\n'),
      maxLength: 30,
    })
    fc.assert(
      fc.property(word, (text) => {
        expect(looksLikePickle(new TextEncoder().encode(`${text}.`))).toBe(false)
      }),
      tries(1000, 5000),
    )
  })
})

test('an integer beyond any use is refused', () => {
  const size = 2 ** 20 + 1
  const head = fromHex('80028b')
  const bytes = new Uint8Array(head.length + 4 + size + 1).fill(0x77)
  bytes.set(head)
  new DataView(bytes.buffer).setUint32(head.length, size, true)
  bytes[bytes.length - 1] = 0x2e
  expect(readPickle(bytes).fault?.message).toMatch(/has an integer of more than 1048576 bytes$/)
})

test('changed and random bytes give a tree or a fault inside them', () => {
  const pickle = fc.constantFrom(
    ...[...written.flatMap(([, pickles]) => pickles), ...handmade].filter((hex) => hex.length < 3000),
  )
  const changed = fc
    .tuple(pickle.map(fromHex), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }))
    .map(([bytes, changes]) => {
      const copy = bytes.slice()
      for (const [place, byte] of changes) copy[place % copy.length] = byte
      return copy
    })
  const opcode = fc.constantFrom(
    ...'I1\nJ\0\0\0\0K\x01M\0\x01(d}]lt)\x85\x86\x87\x8f\x90\x91ausbe012pqh\0\x94R\x81\x92o\x93\x8c\x01aC\x00N\x88.\x97\x98Q\x82',
  )
  const opcodes = fc
    .array(opcode, { maxLength: 40 })
    .map((codes) => Uint8Array.from(codes, (code) => code.charCodeAt(0)))
  fc.assert(
    fc.property(fc.oneof(changed, opcodes, fc.uint8Array({ maxLength: 60 })), (bytes) => {
      const { fault } = checked(bytes)
      if (fault) expect(codecError(() => pickleText(bytes)).message).toBe(fault.message)
      else expect(pickleText(bytes).length).toBeGreaterThan(0)
      if (looksLikePickle(bytes)) expect(fault).toBeUndefined()
    }),
    tries(1000, 20_000),
  )
})
