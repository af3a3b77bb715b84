import { expect, test } from 'vitest'
import { codecs } from '../../src/shared/codecs/index.ts'
import { type CsvColumn, headingOf } from '../../src/shared/transcript/csv-columns.ts'
import { offeredColumns } from '../../src/shared/transcript/csv-offers.ts'
import { bytes } from '../support/harness.ts'

const noTypes = { messages: {}, enums: {} }
const textOf = (column: CsvColumn) => `text of ${headingOf(column)}`

test('a message offers its frames, and the values in them by their paths', () => {
  const frames = [bytes('prices'), codecs.messagepack.encode('{"a": {"b": [1, "x"]}, "odd key": null}')]
  const offered = offeredColumns(frames, [], noTypes, textOf)
  expect(offered.map(({ column, sample }) => [headingOf(column), sample])).toEqual([
    ['frame 1', 'text of frame 1'],
    ['frame 2', 'text of frame 2'],
    ['frame 2 $.a.b[0]', '1'],
    ['frame 2 $.a.b[1]', '"x"'],
    ['frame 2 $["odd key"]', 'null'],
  ])
  const [first, second] = offered
  expect(first?.column).toEqual({ value: { frame: 0, encoding: null, message: null, path: '$' } })
  expect(second?.column).toEqual({ value: { frame: 1, encoding: 'messagepack', message: null, path: '$' } })
})

test('values are read as the frame is shown', () => {
  const [, field] = offeredColumns([Uint8Array.of(8, 5)], [{ encoding: 'protobuf', message: null }], noTypes, textOf)
  expect(field).toEqual({
    column: { value: { frame: 0, encoding: 'protobuf', message: null, path: '$["1"]' } },
    sample: expect.stringMatching(/^5\b/),
  })
})

test('of very many values the first are offered, and none of a large frame', () => {
  const many = bytes(JSON.stringify(Array.from({ length: 1000 }, (_, index) => index)))
  expect(offeredColumns([many], [], noTypes, textOf)).toHaveLength(201)
  const large = bytes(JSON.stringify({ a: 'x'.repeat(300_000) }))
  expect(offeredColumns([large], [], noTypes, textOf)).toHaveLength(1)
})
