import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ViewRequest } from '../../src/renderer/decoding/decoder-calls.ts'
import { FrameDocument } from '../../src/renderer/decoding/document.ts'
import { countPages, pageBytes, pageOf, splitText } from '../../src/renderer/decoding/text-pages.ts'
import { codecs } from '../../src/shared/codecs/index.ts'
import { fromHex } from '../shared/codecs/support.ts'

const utf8 = new TextEncoder()
const usual: ViewRequest = {
  layers: [],
  view: null,
  insists: true,
  described: null,
  like: null,
  form: null,
  otherForm: null,
  options: {},
}

async function open(bytes: Uint8Array, request: Partial<ViewRequest> = {}) {
  const document = new FrameDocument(bytes)
  return { document, opened: await document.open({ ...usual, ...request }) }
}

describe('opening', () => {
  test.each([
    ['Hello', 'text', 'raw'],
    ['{"a":1}', 'json', 'raw'],
    ['\0', 'hex', 'raw'],
  ])('%j as %s', async (text, view, form) => {
    const { opened } = await open(utf8.encode(text))
    expect(opened).toMatchObject({ view, form, fault: null, tree: null, inner: null, pages: 1 })
  })

  test('a binary structure as its tree', async () => {
    const { opened } = await open(codecs.cbor.encode('{"a": [1, 2]}'), { view: 'cbor' })
    expect(opened).toMatchObject({ form: 'tree', pages: 0, tree: { total: 4 } })
    expect(opened.tree?.rows.map(({ path, key }) => [path, key])).toEqual([
      ['', undefined],
      ['0', 'a'],
      ['0.0', '0'],
      ['0.1', '1'],
    ])
  })

  test('an invalid structure as far as it goes, with the fault and the bytes around it', async () => {
    const { opened } = await open(codecs.cbor.encode('[1, 2, "abc"]').subarray(0, 5), { view: 'cbor' })
    expect(opened.fault?.offset).toBeGreaterThanOrEqual(4)
    expect(opened.fault?.around).toContain('[')
    expect(opened.tree?.rows.some(({ note }) => note === 'cut short')).toBe(true)
  })

  test('says why bytes cannot be text', async () => {
    const { opened } = await open(Uint8Array.of(0xff), { view: 'text' })
    expect(opened).toMatchObject({ pages: 0, tree: null, fault: { offset: 0, around: '[ff]' } })
  })

  test('a layer, with its content in the view that fits', async () => {
    const bytes = new Uint8Array(gzipSync('{"a":1}'))
    const { document, opened } = await open(bytes, { layers: ['gzip'] })
    expect(opened).toMatchObject({ view: 'json', fault: null, inner: utf8.encode('{"a":1}') })
    expect(document.copy(null, 'text')).toBe('{"a":1}')
    expect(await document.open({ ...usual })).toMatchObject({ view: 'hex', inner: null })
  })

  test('a layer that cannot be opened leaves the frame as it is', async () => {
    const { opened } = await open(utf8.encode('no gzip'), { layers: ['gzip'], view: 'text' })
    expect(opened).toMatchObject({ pages: 0, inner: null })
    expect(opened.fault?.message).toContain('gzip')
  })
})

describe('a chosen view that does not fit', () => {
  const chosen: Partial<ViewRequest> = { view: 'cbor', form: 'tree', insists: false }

  test('gives way to the suggested one, and is told', async () => {
    const { opened } = await open(utf8.encode('{"a":1}'), chosen)
    expect(opened).toMatchObject({ view: 'json', unfit: 'cbor', fault: null, tree: null, firstPage: '{"a":1}' })
  })

  test('is shown where it is insisted on', async () => {
    const { opened } = await open(utf8.encode('{"a":1}'), { ...chosen, insists: true })
    expect(opened).toMatchObject({ view: 'cbor', unfit: null, fault: { offset: 1 } })
  })

  test('leaves the form to what takes its place', async () => {
    const bytes = utf8.encode('{"a":1}')
    expect((await open(bytes, { ...chosen, otherForm: 'tree' })).opened).toMatchObject({ view: 'json', form: 'tree' })
    expect((await open(bytes, chosen)).opened).toMatchObject({ view: 'json', form: 'raw' })
  })

  test('gives way to the encoding of the request', async () => {
    const bytes = codecs.messagepack.encode('{"a": 1}')
    const { opened } = await open(bytes, { ...chosen, like: 'messagepack' })
    expect(opened).toMatchObject({ view: 'messagepack', unfit: 'cbor', because: 'request' })
  })

  test('and one that fits is shown', async () => {
    const { opened } = await open(codecs.cbor.encode('{"a": 1}'), chosen)
    expect(opened).toMatchObject({ view: 'cbor', unfit: null, fault: null })
  })

  test('gives way to hex, with nothing of what was read before', async () => {
    const { document, opened } = await open(Uint8Array.of(0x82, 0x01, 0xff), chosen)
    expect(opened).toMatchObject({ view: 'hex', unfit: 'cbor', fault: null, tree: null, pages: 1 })
    expect(document.copy(null, 'shown')).toBe('82 01 ff')
  })

  test('for text, too', async () => {
    const { opened } = await open(Uint8Array.of(0xff), { view: 'text', insists: false })
    expect(opened).toMatchObject({ view: 'hex', unfit: 'text', fault: null })
  })

  test('is not told twice where a layer cannot be opened', async () => {
    const { opened } = await open(utf8.encode('no gzip'), { ...chosen, layers: ['gzip'] })
    expect(opened).toMatchObject({ view: 'cbor', unfit: null, pages: 0 })
    expect(opened.fault?.message).toContain('gzip')
  })
})

describe('the suggested view', () => {
  test.each([
    ['81 a1 61 01', 'messagepack', 'messagepack'],
    ['a1 61 61 01', 'cbor', 'cbor'],
    ['08 05', 'protobuf', 'protobuf'],
    // The same bytes are text, but the request was MessagePack.
    ['2a', 'messagepack', 'messagepack'],
    ['68 65 6c 6c 6f', 'messagepack', 'text'],
    ['68 65 6c 6c 6f', 'protobuf', 'text'],
    ['00 01', 'messagepack', 'hex'],
    ['81 a1 61', 'messagepack', 'hex'],
    ['7b 7d', 'cbor', 'json'],
    ['7b 7d', 'text', 'json'],
  ] as const)('of %s, asked in %s, is %s', async (bytes, like, view) => {
    const { opened } = await open(fromHex(bytes), { like })
    expect(opened).toMatchObject({ view, because: view === like ? 'request' : null, unfit: null, fault: null })
  })

  test('of an empty frame is text, whatever was asked', async () => {
    expect((await open(new Uint8Array(), { like: 'cbor' })).opened).toMatchObject({
      view: 'text',
      because: null,
    })
  })
})

test('an array is read as the frame before describes it, or as it was chosen', async () => {
  const bytes = new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer)
  const described = { type: 'float32', littleEndian: true, columns: 2 } as const
  const { document, opened } = await open(bytes, { described })
  expect(opened).toMatchObject({ view: 'array', because: 'frame before', array: described, pages: 0, tree: null })
  expect(document.copy(null, 'shown')).toBe('1, 2\n3, 4')
  expect(document.answers.summarise(described)).toMatchObject({ minimum: '1', maximum: '4', mean: 2.5 })
  const array = { ...described, columns: 4 }
  const chosen = await open(bytes, { view: 'array', described, options: { array } })
  expect(chosen.opened).toMatchObject({ view: 'array', because: null, array })
  const short = await open(bytes.subarray(0, 3), { view: 'array', options: { array } })
  expect(short.opened).toMatchObject({ view: 'array', fault: { offset: 0 }, pages: 0 })
  const inside = await open(new Uint8Array(gzipSync(bytes)), { layers: ['gzip'], described })
  expect(inside.opened).toMatchObject({ view: 'hex', because: null })
})

test('an array with too many rows for a text is not copied as anything else', async () => {
  const array = { type: 'uint8', littleEndian: true, columns: 1 } as const
  const { document } = await open(new Uint8Array(2 ** 22 + 1), { view: 'array', options: { array } })
  expect(() => document.copy(null, 'shown')).toThrow('Too many rows for a text')
})

test.each([
  ['{"a":1}\0', '{"a":1}'],
  ['{"a":1}\n{"b":2}\n', '[{"a":1}, {"b":2}]'],
])('%j is copied as one JSON value', async (text, json) => {
  const { document } = await open(utf8.encode(text), { view: 'json' })
  expect(document.copy(null, 'json')).toBe(json)
})

test('a pickle is on one line, or a tree', async () => {
  const bytes = fromHex('80 03 7d 71 00 58 01000000 61 71 01 4b 01 73 2e')
  expect((await open(bytes, { view: 'pickle', form: 'pretty' })).opened).toMatchObject({ form: 'tree', fault: null })
  expect((await open(bytes, { view: 'pickle', form: 'raw' })).opened.firstPage).toBe("{'a': 1}")
})

test('text in another encoding is decoded as a whole, and paged', async () => {
  const bytes = new Uint8Array(pageBytes * 2 + 2)
  for (let index = 0; index < bytes.length; index += 2) bytes[index] = 0x41
  const { document, opened } = await open(bytes, { view: 'utf-16le' })
  expect(opened).toMatchObject({ view: 'utf-16le', pages: 2, fault: null })
  expect(document.page(0) + document.page(1)).toBe('A'.repeat(pageBytes + 1))
})

describe('asked again', () => {
  test('a layer that could not be opened stays closed', async () => {
    const document = new FrameDocument(utf8.encode('no gzip'))
    const request: ViewRequest = { ...usual, layers: ['gzip'], view: 'text' }
    expect((await document.open(request)).fault?.message).toContain('gzip')
    expect((await document.open({ ...request, view: 'hex' })).fault?.message).toContain('gzip')
    expect((await document.open(usual)).fault).toBeNull()
  })

  test('a copy as JSON is JSON of the bytes, whatever the view', async () => {
    const { document } = await open(utf8.encode('A'), { view: 'hex' })
    expect(document.copy(null, 'json')).toBe('"A"')
    expect(document.copy(null, 'shown')).toBe('41')
    const cbor = await open(codecs.cbor.encode('[1, "a"]'), { view: 'cbor' })
    expect(cbor.document.copy(null, 'json')).toBe('[1, "a"]')
  })
})

describe('a tree', () => {
  const text = `{"list":[${Array.from({ length: 1000 }, (_, index) => index).join(',')}],"deep":{"er":{"est":"here"}}}`
  const bytes = utf8.encode(text)
  const request = { view: 'json', form: 'tree' } as const

  test('expands and collapses', async () => {
    const { document, opened } = await open(bytes, request)
    expect(opened.tree?.total).toBe(3)
    expect(document.toggle('0', true)).toMatchObject({ index: 1, total: 1003, row: { expanded: true } })
    expect(document.rows(1001, 1003).map(({ key }) => key)).toEqual(['999', 'deep'])
    expect(document.toggle('0', false)).toMatchObject({ index: 1, total: 3 })
  })

  test('expands to the smallest node of some bytes', async () => {
    const { document } = await open(bytes, request)
    const start = text.indexOf('here')
    expect(document.answers.nodeAt({ start, end: start + 2 })).toMatchObject({
      path: '1.0.0',
      value: '"here"',
      level: 4,
    })
    const key = text.indexOf('"est"')
    expect(document.answers.nodeAt({ start: key, end: key + 1 })).toMatchObject({ path: '1.0.0' })
    expect(document.reveal('1.0.0')).toMatchObject({ row: { path: '1.0.0' }, index: 4, total: 5 })
  })

  test('is searched by key and value, the bytes by text and hex', async () => {
    const { document } = await open(bytes, request)
    const find = (query: string, where: 'tree' | 'text' | 'hex') => document.answers.find({ text: query, where })
    expect(find('HERE', 'tree')).toMatchObject({ places: [{ path: '1.0.0' }], more: false, problem: null })
    expect(find('est', 'tree')).toMatchObject({ places: [{ path: '1.0.0' }] })
    const at = text.indexOf('here')
    const place = { span: { start: at, end: at + 4 }, path: null }
    expect(find('here', 'text')).toEqual({ places: [place], more: false, problem: null })
    expect(find('68 65 72 65', 'hex')).toEqual({ places: [place], more: false, problem: null })
    expect(find('6', 'hex')).toMatchObject({ places: [], problem: expect.stringContaining('Half a byte') })
    expect(find('', 'text')).toMatchObject({ places: [], problem: null })
  })

  test('of the next frame is expanded in the same way', async () => {
    const { document } = await open(bytes, request)
    document.toggle('1', true)
    document.toggle('1.0', true)
    const next = new FrameDocument(utf8.encode('{"list":[1],"deep":{"er":{"est":1}}}'), document)
    expect((await next.open({ ...usual, ...request })).tree?.rows.map(({ path }) => path)).toEqual([
      '',
      '0',
      '1',
      '1.0',
      '1.0.0',
    ])
    expect((await next.open({ ...usual, view: 'cbor' })).tree?.total).toBeGreaterThan(0)
  })

  test('its parts are copied as JSON', async () => {
    const { document } = await open(bytes, request)
    const { row } = document.reveal('1.0')
    expect(document.copy(row.span, 'json')).toBe('{"est":"here"}')
    expect(document.copy(row.span, 'hex')).toBe(Buffer.from('{"est":"here"}').toString('hex'))
  })
})

describe('pages', () => {
  test('of bytes join seamlessly, and split no character', () => {
    const bytes = utf8.encode('é'.repeat(pageBytes))
    const pages = Array.from({ length: countPages(bytes.length) }, (_, page) => pageOf(bytes, page, 'text'))
    expect(pages.map(({ start, end }) => codecs.text.decode(bytes.subarray(start, end))).join('')).toBe(
      'é'.repeat(pageBytes),
    )
    expect(pages.slice(1).every(({ start }, index) => start === pages[index]?.end)).toBe(true)
  })

  test('of a text join seamlessly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '\n', '😀', 'b'.repeat(100_000)), { maxLength: 30 }).map((all) => all.join('')),
        (text) => {
          const pages = splitText(text)
          expect(pages.join('') === text).toBe(true)
          expect(pages.every((page) => page.length <= pageBytes && !/\p{Surrogate}/u.test(page))).toBe(true)
        },
      ),
      { numRuns: 30 },
    )
  })
})
