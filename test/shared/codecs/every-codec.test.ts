import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CodecError, codecs, encodingIds, type TreeNode } from '../../../src/shared/codecs/index.ts'
import { character, characterOrHalf, codecError, readTree, succeedsOrPointsInto } from './support.ts'

const structured = ['json', 'messagepack', 'cbor'] as const
/** Bytes of which many are punctuation, ends of lines or NULs. */
const nearlyText = fc
  .array(fc.constantFrom(...'\0\0\n\n 1"[]{}:,é'), { maxLength: 12 })
  .map((characters) => new TextEncoder().encode(characters.join('')))

const plain = ['text', 'hex', 'base64', 'z85'] as const

test('the registry holds each encoding under its own id', () => {
  for (const id of encodingIds) expect(codecs[id].id).toBe(id)
  expect(Object.keys(codecs)).toEqual([...encodingIds])
  expect(encodingIds.map((id) => codecs[id].label)).toEqual([
    'Text',
    'JSON',
    'MessagePack',
    'CBOR',
    'Protobuf',
    'Hex',
    'Base64',
    'Z85',
  ])
})

test.each(plain)('%s: empty text is zero bytes', (id) => {
  expect(codecs[id].encode('')).toEqual(new Uint8Array(0))
  expect(codecs[id].decode(new Uint8Array(0))).toBe('')
})

test.each(structured)('%s: an empty text or frame holds no value', (id) => {
  expect(codecError(() => codecs[id].encode(''))).toMatchObject({ code: 'encode-failed', offset: 0 })
  expect(codecError(() => codecs[id].encode('')).message).toMatch(/^Nothing to encode: /)
  const error = codecError(() => codecs[id].decode(new Uint8Array(0)))
  expect(error).toMatchObject({ code: 'decode-failed', offset: 0, message: 'Nothing to decode: the frame is empty' })
  expect(codecError(() => readTree(codecs[id], new Uint8Array(0)))).toMatchObject({ code: 'decode-failed' })
})

describe.each(encodingIds)('%s', (id) => {
  const codec = codecs[id]

  test('decoded text encodes to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const shown = attempt(() => codec.decode(bytes))
        if (shown !== undefined) expect(codec.encode(shown)).toEqual(bytes)
      }),
    )
  })

  test('random bytes decode or are rejected with an offset inside them', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), nearlyText), (bytes) => {
        succeedsOrPointsInto(bytes.length, () => codec.decode(bytes))
        succeedsOrPointsInto(bytes.length, () => readTree(codec, bytes))
      }),
      { numRuns: 500 },
    )
  })

  test('random text encodes or is rejected with an offset inside it', () => {
    const text = fc.oneof(
      fc.string({ unit: characterOrHalf }),
      fc.string({ unit: fc.constantFrom(...'{}[]:,"\\-+.0123eE truefalsn\n\ud800u') }),
      fc.string({ unit: fc.constantFrom(...'0123456789abcdefx =+/-_\n') }),
    )
    fc.assert(
      fc.property(text, (typed) => succeedsOrPointsInto(typed.length, () => codec.encode(typed))),
      { numRuns: 500 },
    )
  })

  test('a view of a larger buffer is read from its own start', () => {
    const inner = codec.encode(
      id === 'text' ? 'abcd' : id === 'z85' ? '00000' : id === 'base64' ? 'AQI=' : id === 'protobuf' ? '1: 2' : '12',
    )
    const outer = new Uint8Array(inner.length + 6).fill(0xc1)
    outer.set(inner, 3)
    expect(codec.decode(outer.subarray(3, 3 + inner.length))).toBe(codec.decode(inner))
  })
})

test.each(['text', 'hex', 'base64'] as const)('%s shows any bytes it can and reproduces them', (id) => {
  const bytes =
    id === 'text'
      ? fc.string({ unit: character }).map((text) => new TextEncoder().encode(text))
      : fc.uint8Array({ maxLength: 300 })
  fc.assert(
    fc.property(bytes, (some) => {
      expect(codecs[id].encode(codecs[id].decode(some))).toEqual(some)
    }),
  )
})

function attempt<T>(operation: () => T): T | undefined {
  try {
    return operation()
  } catch (error) {
    if (error instanceof CodecError) return undefined
    throw error
  }
}

test.each(['json', 'messagepack', 'cbor'] as const)(
  '%s: each node of a tree covers exactly the bytes of its value',
  (id) => {
    const text = '{"é":["😀",{"k":1.5}],"n":[-1,true,null],"ü":"€"}'
    const bytes = codecs[id].encode(text)
    const root = readTree(codecs[id], bytes)
    const walk = (node: TreeNode | undefined): TreeNode[] =>
      node ? [node, ...(node.children ?? []).flatMap(walk)] : []
    const nodes = walk(root)
    expect(nodes).toHaveLength(10)
    expect(root).toMatchObject({ start: 0, end: bytes.length })
    // The bytes of a node are a frame that reads as the same node.
    for (const node of nodes) {
      const alone = readTree(codecs[id], bytes.subarray(node.start, node.end))
      expect(alone).toMatchObject({ type: node.type, value: node.value, start: 0, end: node.end - node.start })
    }
  },
)
