import fc from 'fast-check'
import { varintBytes } from '../../../../src/shared/codecs/protobuf/varint.ts'

/** Field numbers in the schemas, and others. */
const fieldNumber = fc.oneof(fc.integer({ min: 1, max: 32 }), fc.constantFrom(100, 101, 2000, 536_870_911))
const excess = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
)

const varint = fc
  .tuple(fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })), excess)
  .map(([value, more]) => {
    const needed = varintBytes(value).length
    return [...varintBytes(value, Math.min(more, 10 - needed))]
  })

/** A ten-byte varint whose last byte has bits that every reader drops. */
const overflowing = fc.integer({ min: 2, max: 127 }).map((last) => [...Array<number>(9).fill(0xff), last])

function tag(number: number, wireType: number, more: number): number[] {
  return [...varintBytes(BigInt(number * 8 + wireType), more)]
}

function fixed(size: number): fc.Arbitrary<number[]> {
  const float = size === 4 ? (value: number) => Float32Array.of(value) : (value: number) => Float64Array.of(value)
  return fc.oneof(
    fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => [...bytes]),
    fc
      .constantFrom(0, -0, 1, 1.5, -2.25, 1e10, 0.1, Number.NaN, Number.POSITIVE_INFINITY, -Infinity)
      .map((value) => [...new Uint8Array(float(value).buffer)]),
  )
}

/** The bytes of a complete message, in every possible encoding. */
export const wireMessage: fc.Arbitrary<Uint8Array> = fc
  .letrec<{ message: number[]; field: number[] }>((tie) => ({
    message: fc.array(tie('field'), { maxLength: 5, depthIdentifier: 'wire' }).map((fields) => fields.flat()),
    field: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'wire' },
      fc.tuple(fieldNumber, excess, varint).map(([number, more, value]) => [...tag(number, 0, more), ...value]),
      fc.tuple(fieldNumber, overflowing).map(([number, value]) => [...tag(number, 0, 0), ...value]),
      fc.tuple(fieldNumber, excess, fixed(8)).map(([number, more, value]) => [...tag(number, 1, more), ...value]),
      fc.tuple(fieldNumber, excess, fixed(4)).map(([number, more, value]) => [...tag(number, 5, more), ...value]),
      fc
        .tuple(
          fieldNumber,
          excess,
          excess,
          fc.oneof(
            tie('message'),
            fc.string({ unit: 'grapheme' }).map((text) => [...new TextEncoder().encode(text)]),
            fc.uint8Array({ maxLength: 20 }).map((bytes) => [...bytes]),
            fc.array(varint, { maxLength: 5 }).map((values) => values.flat()),
            fc
              .constantFrom('"\\#`}{', 'tab\tline\n', '\u200e', '\0')
              .map((text) => [...new TextEncoder().encode(text)]),
          ),
        )
        .map(([number, more, longer, content]) => [
          ...tag(number, 2, more),
          ...varintBytes(BigInt(content.length), longer),
          ...content,
        ]),
      fc
        .tuple(fieldNumber, excess, excess, tie('message'))
        .map(([number, more, longer, content]) => [...tag(number, 3, more), ...content, ...tag(number, 4, longer)]),
    ),
  }))
  .message.map((bytes) => Uint8Array.from(bytes))
