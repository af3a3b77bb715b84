import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rowAfterKey } from '../../src/renderer/ui/row-after-key.ts'
import {
  ariaSort,
  type Column,
  nextSort,
  shownColumns,
  tracksOf,
  withShown,
  withUsualWidth,
  withWidth,
} from '../../src/renderer/ui/table-columns.ts'
import { firstRows, type LogSort, sortColumns } from '../../src/shared/transcript/query.ts'

const column = (id: string, parts: Partial<Column> = {}): Column => ({
  id,
  name: id,
  width: 100,
  cell: () => null,
  ...parts,
})
const columns = [column('time', { sorts: 'time' }), column('preview', { grows: 3 }), column('size', { sorts: 'size' })]
const usual = { widths: {}, hidden: [] }

describe('columns', () => {
  test('have their tracks: those that grow, those that do not, and those that were set', () => {
    expect(tracksOf(columns, usual)).toEqual({ template: '100px minmax(100px, 3fr) 100px', least: 348 })
    const set = withWidth(usual, 'preview', 250.4)
    expect(tracksOf(columns, set)).toEqual({ template: '100px 250px 100px', least: 498 })
    expect(withUsualWidth(set, 'preview')).toEqual(usual)
  })

  test('are never narrower than can be taken hold of', () => {
    expect(withWidth(usual, 'size', -20).widths).toEqual({ size: 32 })
    expect(withWidth(usual, 'size', 1e9).widths).toEqual({ size: 4000 })
  })

  test('are hidden and shown, and one always stays', () => {
    const two = withShown(usual, 'size', false)
    expect(shownColumns(columns, two).map(({ id }) => id)).toEqual(['time', 'preview'])
    expect(withShown(two, 'size', true)).toEqual(usual)
    expect(shownColumns(columns, { widths: {}, hidden: ['time', 'preview', 'size'] })).toBe(columns)
  })
})

describe('a click on a heading', () => {
  const clicks = (by: LogSort['by'], from: LogSort | null): (LogSort | null)[] => {
    const seen: (LogSort | null)[] = []
    for (let sort = nextSort(by, from); seen.length < 3; sort = nextSort(by, sort)) seen.push(sort)
    return seen
  }

  test('begins with the largest, then the smallest, then what came first', () => {
    const [largest, smallest] = [
      { by: 'size', descending: true },
      { by: 'size', descending: false },
    ] as const
    expect(clicks('size', null)).toEqual([largest, smallest, null])
    expect(clicks('size', { by: 'round-trip', descending: false })).toEqual([largest, smallest, null])
  })

  test('on the time leads back to the usual order, and turns it round', () => {
    const newest = { by: 'time', descending: true } as const
    expect(clicks('time', null)).toEqual([newest, null, newest])
    expect(clicks('time', { by: 'size', descending: true })).toEqual([null, newest, null])
  })

  test('is told to assistive tools', () => {
    const orders = (sort: LogSort | null) => columns.map((each) => ariaSort(each, sort))
    expect(orders(null)).toEqual(['ascending', undefined, 'none'])
    expect(orders({ by: 'size', descending: true })).toEqual(['none', undefined, 'descending'])
    expect(orders({ by: 'time', descending: true })).toEqual(['descending', undefined, 'none'])
  })
})

test('the first rows in an order are the same, in however many parts they are found', () => {
  const row = fc.record({
    id: fc.integer({ min: 1, max: 1000 }),
    size: fc.integer({ min: 0, max: 5 }),
    roundTripNs: fc.option(fc.integer({ min: 1, max: 5 })),
  })
  const rows = fc.uniqueArray(row, { selector: ({ id }) => id })
  const sort = fc.record({ by: fc.constantFrom(...sortColumns), descending: fc.boolean() })
  fc.assert(
    fc.property(rows, sort, fc.nat(10), fc.nat(10), (all, order, limit, cut) => {
      const parts = firstRows(
        [...firstRows(all.slice(0, cut), order, limit), ...firstRows(all.slice(cut), order, limit)],
        order,
        limit,
      )
      expect(parts).toEqual(firstRows(all, order, limit))
    }),
  )
})

test('a key leads to a row that is there, or to the headings', () => {
  expect(
    ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'].map((key) => rowAfterKey(key, 5, 30, 10)),
  ).toEqual([4, 6, 0, 15, 0, 29])
  expect(rowAfterKey('ArrowUp', 0, 30, 10)).toBe('headings')
  expect(rowAfterKey('ArrowDown', 29, 30, 10)).toBe(29)
  expect(rowAfterKey('PageDown', 25, 30, 10)).toBe(29)
  expect(rowAfterKey('a', 5, 30, 10)).toBeNull()
})
