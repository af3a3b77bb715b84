import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { readTree } from './support.ts'

const { messagepack } = codecs

const shown = (notation: string): string | undefined => readTree(messagepack, messagepack.encode(notation))?.value

/** The map that the library writes for an array, with keys of bytes. */
const array = (type: string, shape: string, size: number, kind = "''") =>
  `{'nd': true, 'type': ${type}, 'kind': ${kind}, 'shape': ${shape}, 'data': h'${'00'.repeat(size)}'}`

describe('a map of msgpack-numpy', () => {
  test.each([
    [array('"<f8"', '[2, 3]', 48), 'numpy array, float64, shape 2 × 3'],
    [array("'<f8'", '[2, 3]', 48), 'numpy array, float64, shape 2 × 3'],
    [array('"<f8"', '[2, 3]', 48).replaceAll(/'(\w+)':/g, '"$1":'), 'numpy array, float64, shape 2 × 3'],
    [array('">i2"', '[4]', 8), 'numpy array, int16, big endian, shape 4'],
    [array('"|b1"', '[]', 1), 'numpy array, bool, shape ()'],
    [array('"|u1"', '[0, 7]', 0), 'numpy array, uint8, shape 0 × 7'],
    [array('"<c16"', '[1]', 16), 'numpy array, complex128, shape 1'],
    [array('"<U3"', '[2]', 24), 'numpy array, text of 3, shape 2'],
    [array('"|S5"', '[2]', 10), 'numpy array, bytes of 5, shape 2'],
    [array('"<M8[ns]"', '[2]', 16), 'numpy array, datetime64[ns], shape 2'],
    [array('"|O"', '[2]', 33, "'O'"), 'numpy array, objects, shape 2'],
    [array('[["a", "<i4"], ["b", "<f8"]]', '[2]', 24, "'V'"), 'numpy array, records, shape 2'],
    [array('"<f4"', '[2, 3]', 23), 'numpy array, float32, shape 2 × 3, but 23 bytes of data'],
    ["{'nd': false, 'type': '<f4', 'data': h'0000c03f'}", 'numpy value, float32'],
    ["{'complex': true, 'data': '(1+2j)'}", 'complex number (1+2j)'],
  ])('%s is %s', (notation, meaning) => {
    expect(shown(notation)).toBe(meaning)
  })

  test.each([
    array('"<x8"', '[1]', 8),
    array('"f"', '[1]', 8),
    array('"<f8"', '[-1]', 8),
    array('"<f8"', '"2"', 8),
    array('"<f8"', '[1]', 8).replace("'nd': true", "'nd': 1"),
    array('"<f8"', '[1]', 8).replace("'data'", "'date'"),
    "{'complex': true, 'date': 1}",
  ])('but not %s', (notation) => {
    expect(shown(notation)).toMatch(/^\d entries$/)
  })

  test('keeps its members, and its notation', () => {
    const notation = array('"<f8"', '[1]', 8)
    const bytes = messagepack.encode(notation)
    const root = readTree(messagepack, bytes)
    expect(root).toMatchObject({ type: 'fixmap', exact: null })
    expect(root?.children?.map(({ key }) => key)).toHaveLength(5)
    expect(messagepack.encode(messagepack.decode(bytes))).toEqual(bytes)
  })
})
