import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { lightPalette } from '../../src/report/plots/palette.ts'
import { SeriesPlot, slotStyle } from '../../src/report/plots/series-plot.tsx'
import { type DrawnSeries, nearestOf, type SeriesData, seriesScene } from '../../src/report/plots/series-scene.ts'
import { placer, timeMarks, valueDomain, valueLabel, valueTicks } from '../../src/report/plots/value-axis.ts'

const size = { width: 600, height: 300 }

const series = (points: readonly number[], patch: Partial<DrawnSeries> = {}): DrawnSeries => ({
  name: 'a',
  slot: 0,
  axis: 'left',
  points: Float64Array.from(points),
  ...patch,
})

const dataOf = (...all: readonly DrawnSeries[]): SeriesData => ({
  series: all,
  span: { from: 0, to: 100 },
  isTime: false,
  marks: [],
})

/** The commands of a path. */
const commands = (line: string | undefined) => (line ?? '').replace(/[^MLV]/g, '')

describe('the scene of a plot of series', () => {
  test('has a line for each stretch, and a marker at each of few points', () => {
    const { lines } = seriesScene(dataOf(series([0, 1, 50, 2, 60, Number.NaN, 60, 3, 100, 4])), size)
    expect(commands(lines[0]?.line)).toBe('MLML')
    expect(lines[0]?.markers).toHaveLength(4)
  })

  test('has few markers in a dense line, and none is lost that stands alone', () => {
    const dense = Array.from({ length: 400 }, (_, place) => [place / 10, Math.sin(place)]).flat()
    const { lines } = seriesScene(dataOf(series([...dense, 90, Number.NaN, 90, 5, 99, Number.NaN])), size)
    expect(lines[0]?.markers.length).toBeGreaterThan(1)
    expect(lines[0]?.markers.length).toBeLessThan(10)
    expect(lines[0]?.markers.at(-1)?.x).toBeGreaterThan(500)
  })

  test('has a scale for each side that has series', () => {
    const scene = seriesScene(dataOf(series([0, 0, 100, 10]), series([0, 1e6, 100, 2e6], { axis: 'right' })), size)
    expect(scene.leftTicks.map(({ label }) => label)).toContain('10')
    expect(scene.rightTicks.map(({ label }) => label)).toContain('2,000,000')
    expect(scene.yOf('left', 10)).toBeCloseTo(scene.yOf('right', 2e6), 5)
    expect(seriesScene(dataOf(series([0, 0, 100, 10])), size).rightTicks).toEqual([])
  })

  test('goes on to the ends of its part, however far the next points are', () => {
    const { area, lines } = seriesScene(dataOf(series([-1e9, 0, 40, 4, 60, 4, 1e9, 4])), size)
    expect(lines[0]?.line.startsWith(`M${area.left} `)).toBe(true)
    expect(lines[0]?.line).toContain(`L${area.right} `)
    const far = seriesScene(dataOf(series([-1, 1e300, 40, 4, 60, 5])), size).lines[0]?.line ?? ''
    expect(far).not.toMatch(/e\+|Infinity|NaN/)
    const through = seriesScene(dataOf(series([-100, 0, 200, 10])), size)
    expect(commands(through.lines[0]?.line)).toBe('ML')
    expect(through.leftTicks.map(({ label }) => label)).toContain('5.0')
  })

  test('has only marks of its part, and says all of those at one place', () => {
    const marks = [
      { x: -1, words: 'before' },
      { x: 50, words: 'gone' },
      { x: 50.01, words: 'back' },
    ]
    const scene = seriesScene({ ...dataOf(series([0, 0])), marks }, size)
    expect(scene.marks.map(({ words }) => words)).toEqual(['gone; back'])
  })

  test('leads from pixels to x and back', () => {
    const scene = seriesScene(dataOf(series([0, 0, 100, 1])), size)
    expect(scene.xAt(scene.xOf(37))).toBeCloseTo(37, 9)
  })

  test('is finite whatever the values are', () => {
    const odd = fc.oneof(fc.double(), fc.constantFrom(1e300, -1e300, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, 0))
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 20 }), (values) => {
        const points = values.flatMap((y, place) => (Number.isFinite(y) ? [place, y] : [place, Number.NaN]))
        const markup = renderToStaticMarkup(
          <SeriesPlot data={dataOf(series(points))} {...size} palette={lightPalette} label="odd" />,
        )
        expect(markup).not.toMatch(/NaN|Infinity|undefined/)
      }),
    )
  })

  test('tells 36 series apart', () => {
    const looks = Array.from({ length: 36 }, (_, slot) => JSON.stringify(slotStyle(lightPalette, slot)))
    expect(new Set(looks).size).toBe(36)
  })
})

describe('the point at a cursor', () => {
  const some = series([10, 1, 20, Number.NaN, 30, 3, 40, 4])
  const span = { from: 0, to: 100 }

  test('is the nearest one', () => {
    expect(nearestOf(some, 14, span)).toEqual({ x: 10, y: 1 })
    expect(nearestOf(some, 33, span)).toEqual({ x: 30, y: 3 })
  })

  test('is none far from all', () => {
    expect(nearestOf(some, 60, span)).toBeNull()
    expect(nearestOf(some, 42, span)).toEqual({ x: 40, y: 4 })
    expect(nearestOf(series([]), 42, span)).toBeNull()
  })
})

describe('a scale of values', () => {
  test.each([
    [[0, 10], 500, '0 2 4 6 8 10'],
    [[-0.02, 0.02], 120, '−0.02 −0.01 0 0.01 0.02'],
    [[1e300, 2e300], 120, '1.0e300 1.5e300 2.0e300'],
    [[1_000_000.001, 1_000_000.003], 80, '1,000,000.001 1,000,000.002 1,000,000.003'],
  ] as const)('of %o has round marks', (domain, pixels, labels) => {
    expect(
      valueTicks(domain, pixels, 0)
        .map(({ label }) => label)
        .join(' '),
    ).toBe(labels)
  })

  test('has room around its values, and around one', () => {
    expect(valueDomain(0, 10)).toEqual([-0.6, 10.6])
    expect(valueDomain(5, 5)).toEqual([4.5, 5.5])
    expect(valueDomain(0, 0)).toEqual([-1, 1])
    expect(valueDomain(-Number.MAX_VALUE, Number.MAX_VALUE).every(Number.isFinite)).toBe(true)
    expect(valueDomain(Number.NaN, Number.NaN)).toEqual([0, 1])
  })

  test('places values even where their range is infinite', () => {
    const place = placer([-Number.MAX_VALUE, Number.MAX_VALUE], 0, 100)
    expect([place(-Number.MAX_VALUE), place(0), place(Number.MAX_VALUE)]).toEqual([0, 50, 100])
  })

  test('writes numbers with the digits that tell them apart', () => {
    expect(valueLabel(0.30000000000000004, 0.1)).toBe('0.3')
    expect(valueLabel(12_345_678, 1)).toBe('1.2345678e7')
    expect(valueLabel(0.00001, 0.00001)).toBe('1e−5')
  })
})

test('marks of time are as close as their labels allow', () => {
  const at = new Date(2024, 1, 29, 12, 0, 0).getTime()
  const labels = (length: number) => timeMarks([at, at + length], 0, 600).map(({ label }) => label)
  expect(labels(60_000).slice(0, 2)).toEqual(['12:00:00', '12:00:10'])
  expect(labels(500)[0]).toBe('12:00:00.000')
  expect(labels(86_400_000)).toContain('18:00')
  expect(labels(20 * 365 * 86_400_000).length).toBeLessThan(10)
})
