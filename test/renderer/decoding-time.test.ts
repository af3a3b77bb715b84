import { gzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import type { ViewRequest } from '../../src/renderer/decoding/decoder-calls.ts'
import { TimedOpening } from '../../src/renderer/decoding/decoding-time.ts'
import { FrameDocument } from '../../src/renderer/decoding/document.ts'
import { layers } from '../../src/shared/layers/index.ts'

const request: ViewRequest = {
  layers: [],
  view: null,
  insists: true,
  described: null,
  like: null,
  form: null,
  otherForm: null,
  options: {},
}
const frame = new TextEncoder().encode('fifty bytes or so, which are not decoded for long')

afterEach(() => void vi.restoreAllMocks())

/**
 * Decodings take these milliseconds, the last of them again and again, on a clock with the steps of a page's, in
 * milliseconds. Returns how many there were.
 */
function decodingsTake(milliseconds: readonly number[], stepMs: number): () => number {
  let count = 0
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => Math.floor(now / stepMs) * stepMs)
  const { decode } = FrameDocument.prototype
  vi.spyOn(FrameDocument.prototype, 'decode').mockImplementation(function (this: FrameDocument, how) {
    now += milliseconds[Math.min(count, milliseconds.length - 1)] ?? 0
    count += 1
    return decode.call(this, how)
  })
  return () => count
}

const open = (opening: TimedOpening, how = request) => opening.open(new FrameDocument(frame), how)

test('the first decoding of a thread, which compiles its code, is not the time that is shown', () => {
  const opening = new TimedOpening()
  decodingsTake([20, 2, 3], 0.001)
  const first = open(opening)
  expect(first).toMatchObject({ view: 'text', firstPage: new TextDecoder().decode(frame) })
  expect(first.decodeNs).toBeCloseTo(2e6, -4)
  expect(open(opening).decodeNs).toBeCloseTo(3e6, -4)
})

test('each kind of decoding has its own first', () => {
  const opening = new TimedOpening()
  decodingsTake([20, 2, 9, 1, 4], 0.001)
  expect(open(opening).decodeNs).toBeCloseTo(2e6, -4)
  const asHex: ViewRequest = { ...request, view: 'hex' }
  expect(open(opening, asHex).decodeNs).toBeCloseTo(1e6, -4)
  expect(open(opening, asHex).decodeNs).toBeCloseTo(4e6, -4)
})

test('code that is new is not timed while it is slow', () => {
  const opening = new TimedOpening()
  decodingsTake([20, 0.5, 0.5, 0.1], 0.001)
  expect(open(opening).decodeNs).toBeCloseTo(0.1e6, -4)
  expect(open(opening).decodeNs).toBeCloseTo(0.1e6, -4)
})

test('a long decoding is not repeated', () => {
  const count = decodingsTake([400], 0.001)
  expect(open(new TimedOpening()).decodeNs).toBeCloseTo(400e6, -4)
  expect(count()).toBe(1)
})

test('a change of the view opens no layer again, and its time is that of the view', () => {
  const opening = new TimedOpening()
  const inside = vi.spyOn(layers.gzip, 'open')
  const document = new FrameDocument(gzipSync(frame))
  const asText: ViewRequest = { ...request, layers: ['gzip'], view: 'text' }
  opening.open(document, asText)
  inside.mockClear()
  decodingsTake([3, 2], 0.001)
  const opened = opening.open(document, { ...asText, view: 'hex' })
  expect(opened).toMatchObject({ view: 'hex', inner: frame })
  expect(opened.decodeNs).toBeCloseTo(2e6, -4)
  expect(opening.open(document, asText)).toMatchObject({ view: 'text' })
  expect(inside).not.toHaveBeenCalled()
})

test.each([0.004, 0.03, 0.26, 0.9])('a decoding of %f ms is timed to a tenth on a clock with steps of 0.1 ms', (ms) => {
  const opening = new TimedOpening()
  decodingsTake([20, ms], 0.1)
  for (const opened of [open(opening), open(opening)]) {
    expect(opened.decodeNs).toBeGreaterThan(ms * 0.9e6)
    expect(opened.decodeNs).toBeLessThan(ms * 1.1e6)
  }
})
