import fc from 'fast-check'

/** Frames of CBOR and MessagePack in every form that each allows, including unusual ones. */
type Bytes = readonly number[]

const concat = (parts: readonly Bytes[]): Bytes => parts.flat()

/** A number in big-endian bytes. */
function bigEndian(value: number | bigint, width: number): Bytes {
  return Array.from({ length: width }, (_, index) => Number((BigInt(value) >> BigInt((width - 1 - index) * 8)) & 0xffn))
}

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((some): Bytes => [...some])

/** Text that is mostly valid UTF-8. */
const textBytes: fc.Arbitrary<Bytes> = fc.oneof(
  fc
    .string({ maxLength: 6, unit: fc.constantFrom(...'ab"\\\'/#(é€😀\n\0\u202e\u2028\ufeff') })
    .map((text): Bytes => [...new TextEncoder().encode(text)]),
  bytes(4),
)

/** Integers around the boundaries of their forms, and anywhere else. */
const magnitude = fc.oneof(
  fc.constantFrom(...[0, 1, 23, 24, 31, 32, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296].map(BigInt)),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
)

/** A CBOR head, in the shortest form or a longer one. */
function head(major: number, argument: number | bigint): fc.Arbitrary<Bytes> {
  const shortest = argument < 24 ? 0 : argument < 256 ? 1 : argument < 65536 ? 2 : argument < 4294967296 ? 4 : 8
  return fc.constantFrom(...[0, 1, 2, 4, 8].filter((width) => width >= shortest)).map((width) => {
    const info = width === 0 ? Number(argument) : 24 + Math.log2(width)
    return [(major << 5) | info, ...bigEndian(argument, width)]
  })
}

const cborString = (major: number): fc.Arbitrary<Bytes> =>
  (major === 3 ? textBytes : bytes(5)).chain((content) =>
    head(major, content.length).map((start) => [...start, ...content]),
  )

const cborFloat = fc.constantFrom(2, 4, 8).chain((width) => {
  const usual = fc.constantFrom(0, 1, 1.5, -0, 0.1, 65504, 1e300, Number.NaN, Number.POSITIVE_INFINITY)
  const bits = fc.uint8Array({ minLength: width, maxLength: width }).map((some): Bytes => [...some])
  const nan = bits.map(([first = 0, second = 0, ...rest]): Bytes => [first | 0x7f, second | 0xf8, ...rest])
  const value = usual.map((number): Bytes => {
    const view = new DataView(new ArrayBuffer(8))
    if (width === 8) view.setFloat64(0, number)
    else if (width === 4) view.setFloat32(0, number)
    else return [0x3c, 0]
    return [...new Uint8Array(view.buffer, 0, width)]
  })
  return fc.oneof(bits, nan, value).map((content): Bytes => [0xf8 + Math.log2(width), ...content])
})

const cborSimple = fc.oneof(
  fc.integer({ min: 0, max: 23 }).map((value): Bytes => [0xe0 + value]),
  fc.integer({ min: 32, max: 255 }).map((value): Bytes => [0xf8, value]),
)

/** One CBOR data item of any kind and form. */
export const cborFrame: fc.Arbitrary<Uint8Array> = fc
  .letrec<{ item: Bytes }>((tie) => {
    const item = tie('item')
    const items = fc.array(item, { maxLength: 4 })
    const entries = fc.array(fc.tuple(item, item), { maxLength: 3 })
    const repeated = fc.tuple(item, item, item).map(([key, one, other]) => concat([[0xa2], key, one, key, other]))
    const bignum = fc
      .tuple(fc.constantFrom(0xc2, 0xc3), bytes(12))
      .chain(([tag, content]) => head(2, content.length).map((start) => [tag, ...start, ...content]))
    const tagged = fc
      .tuple(fc.oneof(magnitude, fc.constantFrom(0n, 1n, 2n, 3n, 24n, 55799n)), item)
      .chain(([tag, inner]) => head(6, tag).map((start) => [...start, ...inner]))
    const embedded = fc
      .tuple(fc.oneof(item, bytes(3), fc.tuple(item, item).map(concat)), head(6, 24))
      .chain(([content, tag]) => head(2, content.length).map((start) => concat([tag, start, content])))
    return {
      item: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.tuple(fc.constantFrom(0, 1), magnitude).chain(([major, value]) => head(major, value)),
        cborFloat,
        cborSimple,
        cborString(2),
        cborString(3),
        fc
          .constantFrom(2, 3)
          .chain((major) =>
            fc.array(cborString(major), { maxLength: 3 }).map((chunks) => [(major << 5) | 31, ...chunks.flat(), 0xff]),
          ),
        items.chain((some) => head(4, some.length).map((start) => concat([start, ...some]))),
        items.map((some) => concat([[0x9f], ...some, [0xff]])),
        entries.chain((some) => head(5, some.length).map((start) => concat([start, ...some.flat()]))),
        entries.map((some) => concat([[0xbf], ...some.flat(), [0xff]])),
        repeated,
        bignum,
        tagged,
        embedded,
      ),
    }
  })
  .item.map((item) => Uint8Array.from(item))

/** The forms of a MessagePack head with a size: in the first byte, or codes for 1, 2 and 4 bytes. */
function sized(size: number, fix: number | undefined, codes: readonly [number, number][]): fc.Arbitrary<Bytes> {
  const forms = codes.map(([width, code]): Bytes => [code, ...bigEndian(size, width)])
  return fc.constantFrom(...(fix === undefined ? forms : [[fix], ...forms]))
}

const integers: fc.Arbitrary<Bytes> = fc.oneof(
  fc.integer({ min: 0, max: 127 }).map((value): Bytes => [value]),
  fc.integer({ min: 0xe0, max: 0xff }).map((value): Bytes => [value]),
  fc
    .tuple(
      fc.integer({ min: 0xcc, max: 0xd3 }),
      fc.oneof(
        magnitude,
        magnitude.map((value) => -value),
      ),
    )
    .map(([code, value]): Bytes => [code, ...bigEndian(value, 1 << (code & 3))]),
)

const messagePackExtension = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0xd4, max: 0xd8 }), fc.constantFrom(-1, 0, 5, -128), bytes(16))
    .map(([code, type, some]) => {
      const size = 1 << (code - 0xd4)
      return [code, type & 0xff, ...Array.from({ length: size }, (_, index) => some[index] ?? 0)]
    }),
  fc.tuple(fc.constantFrom(-1, 0, 127), bytes(12)).chain(([type, content]) =>
    sized(content.length, undefined, [
      [1, 0xc7],
      [2, 0xc8],
      [4, 0xc9],
    ]).map((start) => [...start, type & 0xff, ...content]),
  ),
)

/** One MessagePack value of any kind and form. */
export const messagePackFrame: fc.Arbitrary<Uint8Array> = fc
  .letrec<{ value: Bytes }>((tie) => {
    const value = tie('value')
    const entries = fc.array(fc.tuple(value, value), { maxLength: 3 })
    return {
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        integers,
        fc.constantFrom<Bytes>([0xc0], [0xc2], [0xc3]),
        cborFloat
          .filter(([code]) => code !== 0xf9)
          .map(([code, ...bits]): Bytes => [code === 0xfa ? 0xca : 0xcb, ...bits]),
        messagePackExtension,
        textBytes.chain((content) =>
          sized(content.length, content.length < 32 ? 0xa0 + content.length : undefined, [
            [1, 0xd9],
            [2, 0xda],
            [4, 0xdb],
          ]).map((start) => [...start, ...content]),
        ),
        bytes(6).chain((content) =>
          sized(content.length, undefined, [
            [1, 0xc4],
            [2, 0xc5],
            [4, 0xc6],
          ]).map((start) => [...start, ...content]),
        ),
        fc.array(value, { maxLength: 4 }).chain((some) =>
          sized(some.length, 0x90 + some.length, [
            [2, 0xdc],
            [4, 0xdd],
          ]).map((start) => concat([start, ...some])),
        ),
        entries.chain((some) =>
          sized(some.length, 0x80 + some.length, [
            [2, 0xde],
            [4, 0xdf],
          ]).map((start) => concat([start, ...some.flat()])),
        ),
      ),
    }
  })
  .value.map((some) => Uint8Array.from(some))
