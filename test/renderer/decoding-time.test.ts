import { afterEach, expect, test, vi } from 'vitest'
import type { ViewRequest } from '../../src/renderer/decoding/decoder-calls.ts'
import { TimedOpening } from '../../src/renderer/decoding/decoding-time.ts'
import { FrameDocument } from '../../src/renderer/decoding/document.ts'

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

/** Has the clock say that each decoding takes the next of these milliseconds. */
function decodingsTake(...milliseconds: readonly number[]): void {
  const readings = milliseconds.flatMap((each) => [0, each])
  vi.spyOn(performance, 'now').mockImplementation(() => {
    const reading = readings.shift()
    if (reading === undefined) throw new Error('A decoding more than expected.')
    return reading
  })
}

test('the first decoding of a thread, which compiles its code, is not the time that is shown', async () => {
  const opening = new TimedOpening()
  decodingsTake(20, 0.02, 0.03)
  const first = await opening.open(new FrameDocument(frame), request)
  expect(first).toMatchObject({ view: 'text', firstPage: new TextDecoder().decode(frame), decodeNs: 20_000 })
  expect((await opening.open(new FrameDocument(frame), request)).decodeNs).toBe(30_000)
})

test('each kind of decoding has its own first', async () => {
  const opening = new TimedOpening()
  decodingsTake(20, 0.02, 9, 0.01, 0.04)
  await opening.open(new FrameDocument(frame), request)
  const asHex: ViewRequest = { ...request, view: 'hex' }
  expect((await opening.open(new FrameDocument(frame), asHex)).decodeNs).toBe(10_000)
  expect((await opening.open(new FrameDocument(frame), asHex)).decodeNs).toBe(40_000)
})

test('a long decoding is not repeated', async () => {
  const opening = new TimedOpening()
  decodingsTake(400)
  expect((await opening.open(new FrameDocument(frame), request)).decodeNs).toBe(400e6)
})
