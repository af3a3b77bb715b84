import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { timeAxis } from '../../src/renderer/features/latency/pauses.ts'
import { legendOf, timelineData, wordsOf } from '../../src/renderer/features/latency/round-trips.ts'
import { RoundTripsLegend } from '../../src/renderer/features/latency/round-trips-legend.tsx'
import { roundTripsScene } from '../../src/renderer/features/latency/round-trips-scene.ts'
import { Statistics } from '../../src/renderer/features/latency/statistics.tsx'
import { type Place, thinned } from '../../src/renderer/features/latency/thinned.ts'
import { LatencyRecorder } from '../../src/shared/latency/recorder.ts'
import type { LatencySample } from '../../src/shared/latency/summary.ts'

const start = new Date(2026, 0, 2, 3, 4, 5).getTime()

/** Replies after 0.4 ms each, `everyMs` apart, from `from` milliseconds on. */
const burst = (from: number, count: number, everyMs = 0.5): LatencySample[] =>
  Array.from({ length: count }, (_, index) => ({
    at: start + from + index * everyMs,
    roundTripNs: 400_000,
    first: false,
  }))
const timeout = (from: number): LatencySample => ({ at: start + from, roundTripNs: null, first: false })

/** Renders the figures of a connection; what each says, by name. */
function figures(recorder: LatencyRecorder): Record<string, string> {
  const markup = renderToStaticMarkup(<Statistics summary={recorder.snapshot().summary} />)
  return Object.fromEntries(
    [...markup.matchAll(/<output aria-label="([^"]+)"[^>]*>([^<]*)</g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

function recorded(count: number): LatencyRecorder {
  const recorder = new LatencyRecorder()
  for (let index = 0; index < count; index += 1) recorder.record(start, 200_000, false)
  return recorder
}

describe('a percentile', () => {
  test('is a dash without samples, and says how many replies it needs', () => {
    expect(figures(recorded(0))).toMatchObject({ count: '0', min: '–', p50: '–', p99: '–', 'p99.9': '–', max: '–' })
    expect(renderToStaticMarkup(<Statistics summary={recorded(0).snapshot().summary} />)).toContain(
      'data-explained="p99 needs 1,000 replies, so that ten of them took longer."',
    )
  })

  test('is not filled by one sample', () => {
    expect(figures(recorded(1))).toMatchObject({
      min: '200 µs',
      max: '200 µs',
      p50: 'needs 19 more',
      p90: 'needs 99 more',
      p99: 'needs 999 more',
      'p99.9': 'needs 9,999 more',
    })
  })

  test('is shown from as many replies on as the lab asks for', () => {
    expect(figures(recorded(20)).p50).toBe('200 µs')
    expect(figures(recorded(999)).p99).toBe('needs 1 more')
    expect(figures(recorded(1000))).toMatchObject({ p90: '200 µs', p99: '200 µs', 'p99.9': 'needs 9,000 more' })
  })

  test('is not brought nearer by timeouts', () => {
    const recorder = new LatencyRecorder()
    for (let index = 0; index < 50; index += 1) recorder.recordTimeout(start, false)
    expect(figures(recorder)).toMatchObject({ count: '0', timeouts: '50', p50: '–' })
  })
})

describe('a pause', () => {
  test.each([
    ['an even pace, however slow', burst(0, 10, 60_000)],
    ['one sample', burst(0, 1)],
    ['two samples', burst(0, 2, 60_000)],
    ['no sample', []],
    ['a small stall in a burst', [...burst(0, 100), ...burst(58, 100)]],
  ])('is not seen in %s', (_what, samples) => {
    expect(timeAxis(samples).pauses).toEqual([])
  })

  test('is short, so that the bursts around it keep their places', () => {
    const samples = [...burst(0, 100), ...burst(60_000, 100)]
    const { pauses, positions, timeAt } = timeAxis(samples)
    expect(pauses).toEqual([{ after: 99, ms: expect.closeTo(59_950.1, 0) }])
    const width = positions.at(-1) ?? 0
    expect(width).toBeLessThan(110)
    expect((positions[99] ?? 0) / width).toBeGreaterThan(0.4)
    expect((positions[199] ?? 0) - (positions[100] ?? 0)).toBeCloseTo(49.5)
    for (const index of [0, 50, 99, 100, 199])
      expect(timeAt(positions[index] ?? 0)).toBeCloseTo(samples[index]?.at ?? 0)
    expect(timeAt(((positions[99] ?? 0) + (positions[100] ?? 0)) / 2)).toBeNull()
  })

  test('after some slow requests leaves a burst readable', () => {
    const slow = Array.from({ length: 10 }, (_, index) => burst(index * 5000, 1)).flat()
    const { pauses, positions } = timeAxis([...slow, ...burst(50_000, 100)])
    expect(pauses).toHaveLength(10)
    const width = positions.at(-1) ?? 0
    expect((width - (positions[10] ?? 0)) / width).toBeGreaterThan(0.6)
  })

  test('is no round trip, however long', () => {
    const slow = { at: start + 5, roundTripNs: 60e9, first: false }
    expect(timeAxis([...burst(0, 10), slow, ...burst(60_006, 10)]).pauses).toEqual([])
  })

  test('takes at most a third of the axis together with others', () => {
    const samples = Array.from({ length: 50 }, (_, index) => burst(index * 10_000, 20)).flat()
    const { pauses, positions } = timeAxis(samples)
    expect(pauses).toHaveLength(49)
    const active = 50 * 9.5
    expect(positions.at(-1)).toBeLessThan(active * 1.5)
    expect(positions).toEqual(positions.toSorted((one, other) => one - other))
  })
})

const sceneOf = (data: ReturnType<typeof timelineData>) =>
  roundTripsScene({ data, width: 500, height: 200, colour: 'blue' })

describe('the timeline', () => {
  test('gives a timeout a time, but no height', () => {
    const { items, replies } = timelineData([...burst(0, 2), timeout(1)])
    expect(items.map(({ roundTripNs }) => roundTripNs)).toEqual([400_000, 400_000, null])
    expect(items.map(({ kind }) => kind)).toEqual(['reply', 'reply', 'timeout'])
    expect(items[2]?.words).toBe('03:04:05.001: timeout')
    expect(replies).toBe(2)
  })

  test('breaks its line at a pause, and says how long it was', () => {
    const data = timelineData([...burst(0, 100), ...burst(60_000, 100)])
    expect(data.items[100]).toMatchObject({ kind: 'pause', roundTripNs: null, words: 'pause of 1 min 0 s' })
    expect(data.items).toHaveLength(201)
    const { line, pauses, axes } = sceneOf(data)
    expect(line.split('M')).toHaveLength(3)
    expect(pauses).toHaveLength(1)
    const [pause = { x: 0, width: 0 }] = pauses
    const within = ({ position }: { position: number }) => position > pause.x && position < pause.x + pause.width
    expect(axes.xTicks.length).toBeGreaterThan(0)
    expect(axes.xTicks.filter(within)).toEqual([])
  })

  test('is described as a whole', () => {
    expect(wordsOf(timelineData(burst(0, 1)))).toBe('1 round trip')
    const samples = [...burst(0, 100), timeout(51), ...burst(60_000, 100)]
    expect(wordsOf(timelineData(samples))).toBe('200 round trips, 1 timeout, 1 pause')
  })

  test('has no scale of durations without replies, and a cross for each timeout that can be told from others', () => {
    const { axes, crosses, line, points } = sceneOf(timelineData([0, 0.1, 1000, 2000].map(timeout)))
    expect(axes.yTicks).toEqual([])
    expect(line).toBe('')
    expect(crosses.match(/M/g)).toHaveLength(2 * 3)
    expect(points.map(({ y }) => y)).toEqual([null, null, null, null])
  })

  test('has its extremes in its line, however many samples there are', () => {
    const many = burst(0, 10_000).map((sample, index) => ({
      ...sample,
      roundTripNs: index === 5000 ? 9_000_000 : index === 7000 ? 1000 : 400_000 + ((index * 7919) % 1000),
    }))
    const { axes, line, points } = sceneOf(timelineData(many))
    const heights = [...line.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y))
    expect(heights.length).toBeLessThanOrEqual(4 * (axes.area.right - axes.area.left + 1))
    const drawn = points.map(({ y }) => y ?? 0)
    expect(Math.min(...heights)).toBeCloseTo(Math.min(...drawn), 0)
    expect(Math.max(...heights)).toBeCloseTo(Math.max(...drawn), 0)
    expect(points).toHaveLength(10_000)
  })

  test('explains the marks that are there, and only these', () => {
    const texts = (...samples: LatencySample[]) => legendOf(timelineData(samples)).map(({ text }) => text)
    expect(texts(...burst(0, 5))).toEqual([])
    expect(texts(timeout(0))).toEqual(['1 timeout'])
    expect(texts(...burst(0, 5), timeout(3), timeout(4))).toEqual(['round trip', '2 timeouts'])
    const pauses = [...burst(0, 100), ...burst(60_000, 100), ...burst(190_000, 100)]
    expect(texts(...pauses)).toEqual(['round trip', '2 pauses of up to 2 min 10 s'])
  })

  test('has a symbol of its own shape for each mark', () => {
    const samples = [...burst(0, 100), timeout(51), ...burst(60_000, 100)]
    const markup = renderToStaticMarkup(<RoundTripsLegend entries={legendOf(timelineData(samples))} />)
    const shapes = [...markup.matchAll(/<svg[^>]*>(.*?)<\/svg>/g)].map(([, shape = '']) =>
      shape.replace(/ class="[^"]*"/g, ''),
    )
    expect(new Set(shapes).size).toBe(3)
  })
})

describe('thinned places', () => {
  const unsorted = fc.array(
    fc.record({ x: fc.double({ min: 0, max: 8, noNaN: true }), y: fc.integer({ min: 0, max: 9 }) }),
  )
  const lines = unsorted.map((places): Place[] => places.toSorted((one, other) => one.x - other.x))

  test('are some of the places in their order, at most four of a column of pixels', () => {
    fc.assert(
      fc.property(lines, (places) => {
        const kept = thinned(places)
        const indexes = kept.map((place) => places.indexOf(place))
        expect(indexes).toEqual([...new Set(indexes)].toSorted((one, other) => one - other))
        for (const { x } of kept) {
          expect(kept.filter((other) => Math.floor(other.x) === Math.floor(x)).length).toBeLessThanOrEqual(4)
        }
      }),
    )
  })

  test('have the first, the last and both extremes of each column', () => {
    fc.assert(
      fc.property(lines, (places) => {
        const kept = thinned(places)
        for (const column of new Set(places.map(({ x }) => Math.floor(x)))) {
          const all = places.filter(({ x }) => Math.floor(x) === column)
          const some = kept.filter(({ x }) => Math.floor(x) === column)
          expect(some[0]).toBe(all[0])
          expect(some.at(-1)).toBe(all.at(-1))
          expect(Math.min(...some.map(({ y }) => y))).toBe(Math.min(...all.map(({ y }) => y)))
          expect(Math.max(...some.map(({ y }) => y))).toBe(Math.max(...all.map(({ y }) => y)))
        }
      }),
    )
  })
})
