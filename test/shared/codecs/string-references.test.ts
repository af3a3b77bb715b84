import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { nodesOf, outline } from './readings.ts'
import { fromHex, readTree } from './support.ts'

const { cbor } = codecs

/** What the references in a notation show, in their order. */
function meanings(notation: string): string[] {
  const nodes = [...nodesOf(readTree(cbor, cbor.encode(notation)))]
  return nodes
    .filter(({ type }) => type.startsWith('tag 25 '))
    .sort((one, other) => one.start - other.start)
    .map(({ value }) => value)
}

/** `count` strings of `length` characters, all different. */
const strings = (count: number, length: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => JSON.stringify(String(from + index).padStart(length, 'x'))).join(', ')

describe('a reference to a string', () => {
  test('shows the string beside it, in the specification’s first example', () => {
    const text = '256([{"rank": 4, "count": 417, "name": "Cocktail"}, {25(2): "Bath", 25(1): 312, 25(0): 4}])'
    const bytes = fromHex(
      `d90100 82
      a3 6472616e6b 04 65636f756e74 1901a1 646e616d65 68436f636b7461696c
      a3 d81902 6442617468 d81901 190138 d81900 04`.replaceAll(/\s/g, ''),
    )
    expect(Buffer.from(cbor.encode(text)).toString('hex')).toBe(Buffer.from(bytes).toString('hex'))
    expect(cbor.encode(cbor.decode(bytes))).toEqual(bytes)
    expect(cbor.decode(bytes)).toContain('25(2): "Bath"')
    expect(outline(readTree(cbor, bytes)?.children?.[0]?.children?.[1])).toEqual([
      '1: map 3 entries',
      '  reference 2 = "name" (tag 25 (string reference)): text string "Bath"',
      '  reference 1 = "count" (tag 25 (string reference)): integer 312',
      '  reference 0 = "rank" (tag 25 (string reference)): integer 4',
    ])
  })

  test('counts strings by the order of their bytes, and only those that are longer than a reference', () => {
    expect(meanings(`256(["1", "222", "333", "4", "555", "666", "777", "888", "999", 25(0), 25(6)])`)).toEqual([
      'reference 0 = "222"',
      'reference 6 = "999"',
    ])
    expect(meanings(`256([h'0102', h'010203', 2(h'010000000000000000'), 24(<<"abc">>), 25(0), 25(1), 25(2)])`)).toEqual(
      ["reference 0 = h'010203'", "reference 1 = h'010000000000000000'", 'reference 2 = <<"abc">>'],
    )
    // Chunks are no strings of their own, nor is what they make.
    expect(meanings(`256([(_ "abcd", "efgh"), "ijk", 25(0)])`)).toEqual(['reference 0 = "ijk"'])
  })

  test.each([
    [24, 3, '"abc", "wxyz", 25(24)', 'wxyz'],
    [256, 4, '"wxyz", "vwxyz", 25(256)', 'vwxyz'],
    [65536, 5, '"uvwxyz", "tuvwxyz", 25(65536)', 'tuvwxyz'],
  ])('takes longer strings after %i', (count, length, rest, target) => {
    expect(meanings(`256([${strings(count, Math.max(5, length))}, ${rest}])`)).toEqual([
      `reference ${count} = "${target}"`,
    ])
  })

  test('begins again in a namespace in another, and goes on after it', () => {
    const text = '256(["aaa", 25(0), 256(["bbb", "aaa", 25(0), 25(1)]), "ccc", 25(0), 25(1)])'
    expect(meanings(text)).toEqual([
      'reference 0 = "aaa"',
      'reference 0 = "bbb"',
      'reference 1 = "aaa"',
      'reference 0 = "aaa"',
      'reference 1 = "ccc"',
    ])
  })

  test('means nothing outside of a namespace, to no string, or with another value', () => {
    expect(meanings('["aaa", 25(0)]')).toEqual([''])
    expect(meanings('256(["aaa", 24(<<25(0)>>)])')).toEqual([''])
    expect(meanings('256([25(0), "aaa", 25(1), 25(-1), 25("bbb"), 25(18446744073709551615)])')).toEqual([
      'reference 0 to no string',
      'reference 1 to no string',
      'reference -1 to no string',
      '',
      'reference 18446744073709551615 to no string',
    ])
  })

  test('shows a hundred characters of a long string, however often it is referred to', () => {
    const text = `256(["${'é'.repeat(4000)}"${', 25(0)'.repeat(20_000)}])`
    const shown = meanings(text)
    expect(shown).toHaveLength(20_000)
    expect(new Set(shown)).toEqual(new Set([`reference 0 = "${'é'.repeat(99)}…`]))
  })
})
