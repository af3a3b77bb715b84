import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ViewRequest } from '../../src/renderer/decoding/decoder-calls.ts'
import { FrameDocument } from '../../src/renderer/decoding/document.ts'
import { textIn } from '../../src/renderer/decoding/form-text.ts'
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

function open(bytes: Uint8Array, request: Partial<ViewRequest> = {}) {
  const document = new FrameDocument(bytes)
  return { document, opened: document.open({ ...usual, ...request }) }
}

describe('JSON', () => {
  const fits = `{"${'é'.repeat(74)}":1}`

  test.each([
    [fits, 'raw'],
    [`${fits}\n${fits}`, 'raw'],
    [` ${fits}`, 'pretty'],
    [`{\n "a": 1,\n  ${fits.slice(1)}`, 'pretty'],
  ])('%j is %s at first', (text, form) => {
    expect(open(utf8.encode(text), { view: 'json' }).opened).toMatchObject({ form, fault: null })
  })

  test('is laid out with every value as it is written, which changes no byte', () => {
    const text = '{"a":[1.50,1e2,"\\u00e9"],"a":{}}\0'
    const { document, opened } = open(utf8.encode(text), { view: 'json', form: 'pretty' })
    const pretty = '{\n  "a": [\n    1.50,\n    1e2,\n    "\\u00e9"\n  ],\n  "a": {}\n}\0'
    expect(opened).toMatchObject({ form: 'pretty', firstPage: pretty, pages: 1 })
    expect(document.copy(null, 'shown')).toBe(pretty)
    expect(document.copy(null, 'json')).toBe(text.replace(/\0$/, ''))
    expect(document.open({ ...usual, view: 'json', form: 'raw' })).toMatchObject({ form: 'raw', firstPage: text })
    expect(document.copy(null, 'shown')).toBe(text)
  })

  test.each(['pretty', 'raw'] as const)('that is invalid has its text and its fault, as %s', (form) => {
    const { document, opened } = open(utf8.encode('{"a": 1,}'), { view: 'json', form })
    expect(opened).toMatchObject({ form, pages: 1, firstPage: '{"a": 1,}', fault: { offset: 7 } })
    expect(document.copy(null, 'shown')).toBe('{"a": 1,}')
    expect(document.open({ ...usual, view: 'cbor', form })).toMatchObject({ pages: 0, firstPage: '' })
  })

  test('that is no text either has its fault alone', () => {
    const { opened } = open(Uint8Array.of(0x7b, 0xff), { view: 'json', form: 'pretty' })
    expect(opened).toMatchObject({ pages: 0, firstPage: '', fault: { offset: 1 } })
  })

  test('that would be too long laid out stays as it is', () => {
    const deep = `${'['.repeat(900)}${'0,'.repeat(80_000)}0${']'.repeat(900)}`
    expect(open(utf8.encode(deep), { view: 'json', form: 'pretty' }).document.copy(null, 'shown')).toBe(deep)
  })
})

describe('a binary structure', () => {
  test.each([
    ['messagepack', '82 a1 61 92 01 81 a1 62 c3 a1 63 a0'],
    ['cbor', 'bf 61 61 82 01 a1 61 62 f5 61 63 60 ff 01'],
    ['protobuf', '0a 04 08 01 12 00 10 05'],
  ] as const)('in %s is laid out, or the same on one line', (view, digits) => {
    const bytes = fromHex(digits)
    const shown = (form: 'pretty' | 'raw') => open(bytes, { view, form }).document.copy(null, 'shown') ?? ''
    expect(shown('pretty')).toContain('\n')
    expect(shown('raw')).not.toContain('\n')
    for (const form of ['pretty', 'raw'] as const) expect(codecs[view].encode(shown(form))).toEqual(bytes)
  })

  test('is whole on one line, however it is made', () => {
    const bytes = fc.uint8Array({ maxLength: 40 })
    const views = fc.constantFrom('messagepack', 'cbor', 'protobuf')
    fc.assert(
      fc.property(bytes, views, (some, view) => {
        fc.pre(!codecs[view].read?.(some).fault)
        expect(codecs[view].encode(textIn('raw', some, view, {}))).toEqual(some)
      }),
    )
  })

  test('of Python is what decoding gives', () => {
    const bytes = Uint8Array.from(
      execFileSync('python3', ['-c', 'import pickle, sys; sys.stdout.buffer.write(pickle.dumps({"n": [1]}))']),
    )
    expect(open(bytes, { view: 'pickle', form: 'raw' }).opened.firstPage).toBe("{'n': [1]}")
  })
})
