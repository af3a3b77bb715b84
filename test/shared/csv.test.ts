import { expect, test } from 'vitest'
import { csvCell } from '../../src/shared/csv.ts'
import { csvHeading, csvLine } from '../../src/shared/transcript/csv.ts'
import { type CsvColumn, type CsvField, csvFields } from '../../src/shared/transcript/csv-columns.ts'
import { fullRecord, receivedMessage } from '../support/recordings.ts'

const noTypes = { messages: {}, enums: {} }

test.each<[string | number | boolean | null, string]>([
  [null, ''],
  [1.5, '1.5'],
  [true, 'true'],
  ['-12345678901234567890', '-12345678901234567890'],
  ['1e-7', '1e-7'],
  ['', '""'],
  ['a "b",\nc', '"a ""b"",\nc"'],
  ['=1+1', `"'=1+1"`],
  ['-1+1', `"'-1+1"`],
  ['1,5', '"1,5"'],
])('%j is the cell %s', (value, cell) => {
  expect(csvCell(value)).toBe(cell)
})

const value = (frame: number, path: string, encoding: 'json' | 'cbor' | 'text' | 'hex' | null = null): CsvColumn => ({
  value: { frame, encoding, message: null, path },
})

const cellsOf = (record: typeof fullRecord, ...columns: CsvColumn[]): string => csvLine(record, columns, noTypes)

test('the fields of a record, sizes without its envelope', () => {
  const columns = csvFields.map((field: CsvField) => ({ field }))
  expect(csvHeading(columns)).toBe(`${csvFields.map((field) => `"${field}"`).join(',')}\n`)
  expect(cellsOf(fullRecord, ...columns)).toBe(
    '1,"2024-02-29T12:34:56.789Z","message","received","one","tcp://127.0.0.1:5555",07,2,13,3,190000,"behaviour","reply:late","It came\nafter 1 s."\n',
  )
})

test('values of frames, in what they look like or as it is said', () => {
  const record = receivedMessage('prices', '{"price": 1.10, "id": 12345678901234567890, "tags": ["a"], "none": null}')
  expect(csvHeading([value(1, '$.price'), value(0, '$')])).toBe('"frame 2 $.price","frame 1"\n')
  expect(cellsOf(record, value(1, '$.price'), value(1, '$.id'), value(1, '$.tags[0]'), value(0, '$'))).toBe(
    '1.10,12345678901234567890,"a","prices"\n',
  )
  expect(cellsOf(record, value(1, '$.none'), value(1, '$.tags'), value(1, '$.missing'), value(2, '$'))).toBe(
    '"null","[""a""]",,\n',
  )
  expect(
    cellsOf(receivedMessage(Uint8Array.of(0xa1, 0x61, 0x61, 0x07)), value(0, '$.a', 'cbor'), value(0, '$', 'hex')),
  ).toBe('7,"a1 61 61 07"\n')
})

test('what cannot be read is an empty cell', () => {
  const record = receivedMessage(Uint8Array.of(0xff), 'text')
  expect(cellsOf(record, value(0, '$', 'text'), value(1, '$', 'json'), value(1, '$.a', 'text'))).toBe(',,\n')
  const large = receivedMessage(`"${'x'.repeat(1024 ** 2)}"`)
  expect(cellsOf(large, value(0, '$', 'json'), value(0, '$', 'text'))).toBe(',\n')
})

test('a value of an event is empty', () => {
  expect(cellsOf({ ...fullRecord, frames: [], envelope: 0 }, value(0, '$.a'))).toBe('\n')
})
