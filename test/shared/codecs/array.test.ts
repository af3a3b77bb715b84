import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describedArray } from '../../../src/shared/codecs/array/described.ts'
import {
  type ArrayForm,
  type ElementType,
  elementTypes,
  NumberArray,
} from '../../../src/shared/codecs/array/elements.ts'
import { summarise } from '../../../src/shared/codecs/array/summary.ts'
import { viewOf } from '../../../src/shared/codecs/index.ts'
import { codecError, fromHex } from './support.ts'

const form = (type: ElementType, littleEndian = true, columns = 1): ArrayForm => ({ type, littleEndian, columns })

/** Numbers of every type, with their letter in Python's struct module. */
const written = [
  ['int8', 'b', ['-128', '0', '127']],
  ['uint8', 'B', ['0', '255']],
  ['int16', 'h', ['-32768', '258']],
  ['uint16', 'H', ['65535', '258']],
  ['int32', 'i', ['-2147483648', '16909060']],
  ['uint32', 'I', ['4294967295']],
  ['int64', 'q', ['-9223372036854775808', '9007199254740993']],
  ['uint64', 'Q', ['18446744073709551615']],
  ['float16', 'e', ['0.5', '-2.0', '65504.0']],
  ['float32', 'f', ['0.1', '-1.5']],
  ['float64', 'd', ['0.1', '1e300']],
] as const

/** The same numbers as Python packs them, in little and in big endian, one after the other. */
function packed(): Uint8Array[] {
  const script = `import json, struct, sys
for _, letter, values in json.loads(sys.argv[1]):
    for order in "<>":
        print(struct.pack(f"{order}{len(values)}{letter}", *map(eval, values)).hex())`
  const lines = execFileSync('python3', ['-c', script, JSON.stringify(written)], { encoding: 'utf8' })
  return lines.trim().split('\n').map(fromHex)
}

const doubles = (...values: readonly number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer)

describe('numbers in a row', () => {
  test('of every type are read in both byte orders, as Python packs them', () => {
    const bytes = packed()
    expect(bytes).toHaveLength(2 * written.length)
    for (const [index, [type, , values]] of written.entries()) {
      for (const order of [0, 1]) {
        const numbers = new NumberArray(bytes[2 * index + order] ?? new Uint8Array(), form(type, order === 0))
        const texts = Array.from({ length: numbers.rows }, (_, row) => numbers.row(row).join())
        expect(texts.map(Number)).toEqual(values.map(Number))
        if (type.includes('int')) expect(texts).toEqual(values)
      }
    }
  })

  test('are laid out in columns, with what is left over', () => {
    const numbers = new NumberArray(fromHex('0100 0200 0300 0400 0500 ff'), form('int16', true, 2))
    expect([numbers.count, numbers.rows, numbers.leftOver]).toEqual([5, 3, 1])
    expect([0, 1, 2, 3].map((row) => numbers.row(row))).toEqual([['1', '2'], ['3', '4'], ['5'], []])
  })

  test('are a text of their rows', () => {
    const options = { array: form('uint8', true, 2) }
    expect(viewOf('array').decode(fromHex('01 02 03'), options)).toBe('1, 2\n3')
    expect(codecError(() => viewOf('array').decode(fromHex('01 02 03')))).toMatchObject({ offset: 0, length: 3 })
  })
})

describe('the summary', () => {
  test('has the lowest, the highest and the mean of the finite numbers, and counts the others', () => {
    const bytes = doubles(1.5, -2, Number.NaN, Number.POSITIVE_INFINITY, 4)
    expect(summarise(bytes, form('float64'))).toMatchObject({ minimum: '-2', maximum: '4', nans: 1, infinities: 1 })
    expect(summarise(bytes, form('float64')).mean).toBeCloseTo(3.5 / 3)
  })

  test('keeps all digits of large integers', () => {
    const bytes = new Uint8Array(BigInt64Array.of(9007199254740993n, 9007199254740992n).buffer)
    expect(summarise(bytes, form('int64'))).toMatchObject({ minimum: '9007199254740992', maximum: '9007199254740993' })
  })

  test('of no finite number has none', () => {
    const bytes = new Uint8Array(Float32Array.of(Number.NaN).buffer)
    const nothing = { minimum: null, maximum: null, mean: null, nans: 1, bands: [[null]] }
    expect(summarise(bytes, form('float32'))).toMatchObject(nothing)
    expect(summarise(new Uint8Array(), form('float32'))).toMatchObject({ ...nothing, nans: 0, bands: [] })
  })

  test('of the largest floats has a finite mean', () => {
    const bytes = doubles(1.7e308, 1.7e308)
    expect(summarise(bytes, form('float64')).mean).toBe(1.7e308)
  })

  test('has a band for each column, through every number', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 2000 }),
        fc.integer({ min: 1, max: 8 }),
        (bytes, columns) => {
          const { bands } = summarise(bytes, form('uint8', true, columns))
          expect(bands).toHaveLength(Math.min(6, columns, bytes.length))
          for (const [column, band] of bands.entries()) {
            const values = [...bytes].filter((_, index) => index % columns === column)
            const parts = band.filter((part) => part !== null)
            expect(Math.min(...parts.map(({ low }) => low))).toBe(Math.min(...values))
            expect(Math.max(...parts.map(({ high }) => high))).toBe(Math.max(...values))
            expect(band.length).toBeLessThanOrEqual(300)
          }
        },
      ),
    )
  })
})

describe('an array described by the frame before it', () => {
  const described = (text: string, size: number) => describedArray(new TextEncoder().encode(text), size)

  test.each([
    ['{"dtype": "float64", "shape": [2, 3]}', 48, form('float64', true, 3), 'float64, shape 2 × 3'],
    ['{"dtype": "<f4", "shape": [5], "name": "x"}', 20, form('float32'), '<f4, shape 5'],
    ['{"dtype": ">i2", "shape": [1, 2]}', 4, form('int16', false, 2), '>i2, shape 1 × 2'],
    ['{"dtype": "|u1", "shape": [2, 2, 3]}', 12, form('uint8', true, 3), '|u1, shape 2 × 2 × 3'],
    ['{"dtype": "complex64", "shape": [4]}', 32, form('float32', true, 2), 'complex64, shape 4'],
    ['{"dtype": "bool", "shape": [3]}', 3, form('uint8'), 'bool, shape 3'],
    ['{"dtype": "uint16", "shape": []}', 2, form('uint16'), 'uint16, shape ()'],
    ['{"dtype": "int8", "shape": [2, 5000]}', 10_000, form('int8', true, 1000), 'int8, shape 2 × 5000'],
  ])('%s', (text, size, expected, words) => {
    expect(described(text, size)).toEqual({ form: expected, words })
  })

  test.each([
    ['of another size', '{"dtype": "float64", "shape": [2, 3]}', 47],
    ['of objects', '{"dtype": "object", "shape": [2]}', 16],
    ['of an unknown type', '{"dtype": "float128", "shape": [1]}', 16],
    ['without a shape', '{"dtype": "float64"}', 8],
    ['that is empty', '{"dtype": "float64", "shape": [0]}', 0],
    ['that is no JSON', '{"dtype": "float64", "shape": [1]', 8],
    ['that is long', `{"dtype": "float64", "shape": [1], "more": "${'x'.repeat(4096)}"}`, 8],
    ['of a negative length', '{"dtype": "int8", "shape": [-1, -1]}', 1],
  ])('%s is none', (_what, text, size) => {
    expect(described(text, size)).toBeNull()
  })

  test('needs a frame before', () => {
    expect(describedArray(undefined, 8)).toBeNull()
  })

  test('of any type is as long as its frame', () => {
    for (const type of elementTypes) {
      const size = Number(type.replace(/\D/g, '')) / 8
      expect(described(`{"dtype": "${type}", "shape": [7]}`, 7 * size)?.form.type).toBe(type)
    }
  })
})
