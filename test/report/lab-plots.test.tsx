import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { HistogramPlot } from '../../src/report/plots/histogram-plot.tsx'
import { darkPalette, lightPalette, pagePalette, paletteProperties } from '../../src/report/plots/palette.ts'
import { PercentilePlot } from '../../src/report/plots/percentile-plot.tsx'
import { fontSize, shortened, textWidth, visibleText } from '../../src/report/plots/plot-text.ts'
import { plotToSvg } from '../../src/report/plots/plot-to-svg.tsx'
import { afterKey, nearestPoint } from '../../src/report/plots/points.ts'
import { RatePlot } from '../../src/report/plots/rate-plot.tsx'
import { histogramSeries, percentileSeries } from '../../src/report/plots/step-series.ts'
import { SweepPlot } from '../../src/report/plots/sweep-plot.tsx'
import type { SweepPoint } from '../../src/report/plots/sweep-series.ts'
import { TimelinePlot } from '../../src/report/plots/timeline-plot.tsx'
import { emptyDistribution } from '../../src/shared/lab/distribution.ts'
import type { Slot } from '../../src/shared/lab/result.ts'
import type { SweptOver } from '../../src/shared/lab/sweep.ts'
import { coloursOf, contrast, pick } from '../support/colours.ts'
import { distributionOf } from '../support/lab.ts'
import { tries } from '../support/nightly.ts'

const place = { width: 480, height: 260, palette: lightPalette }
const subject = 'round trips'

interface Label {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&amp;': '&' }
const unescaped = (text: string): string => text.replace(/&(lt|gt|quot|#x27|amp);/g, (entity) => entities[entity] ?? '')

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
}

const numbers = (text: string | undefined): number[] => (text?.match(/-?\d+(\.\d+)?(e[+-]?\d+)?/g) ?? []).map(Number)

/** The boxes that the texts of a picture may occupy. */
function labelsOf(markup: string): Label[] {
  return [...markup.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map(([, tag = '', content = '']) => {
    const text = unescaped(content)
    const width = textWidth(text)
    const [x = Number.NaN] = numbers(attribute(tag, 'x'))
    const [y = Number.NaN] = numbers(attribute(tag, 'y'))
    const anchor = attribute(tag, 'text-anchor') ?? 'start'
    const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
    return { text, left, right: left + width, top: y - 0.8 * fontSize, bottom: y + 0.25 * fontSize }
  })
}

/** All points of a picture's shapes. */
function spotsOf(markup: string): (readonly [x: number, y: number])[] {
  const pairs = (values: readonly number[]) =>
    values.flatMap((value, index) => (index % 2 === 0 ? [[value, values[index + 1] ?? Number.NaN] as const] : []))
  return [...markup.matchAll(/<(line|rect|circle|path|polygon|text)([^>]*)>/g)].flatMap(([, name, tag = '']) => {
    const [x = 0, y = 0, x1, y1, x2, y2, cx, cy, width = 0, height = 0] = [
      ...['x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'width', 'height'].map(
        (key) => numbers(attribute(tag, key))[0],
      ),
    ]
    if (name === 'line')
      return [[x1 ?? Number.NaN, y1 ?? Number.NaN] as const, [x2 ?? Number.NaN, y2 ?? Number.NaN] as const]
    if (name === 'circle') return [[cx ?? Number.NaN, cy ?? Number.NaN] as const]
    if (name === 'path') return pairs(numbers(attribute(tag, 'd')))
    if (name === 'polygon') return pairs(numbers(attribute(tag, 'points')))
    return [[x, y] as const, [x + width, y + height] as const]
  })
}

/** Checks that hold for every plot of any data and size. */
function expectSound(plot: ReactElement, { width, height }: { width: number; height: number }): string {
  const markup = renderToStaticMarkup(plot)
  expect(markup).not.toMatch(/NaN|Infinity|undefined/)
  expect(attribute(markup, 'viewBox')).toBe(`0 0 ${width} ${height}`)
  expect(attribute(markup, 'role')).toBe('img')
  expect(attribute(markup, 'aria-label')).toMatch(/^[A-Z].+: ./)
  // A stroke may extend beyond by half its width.
  const outside = spotsOf(markup).filter(([x, y]) => !(x >= -0.5 && x <= width + 0.5 && y >= -0.5 && y <= height + 0.5))
  expect(outside).toEqual([])
  const labels = labelsOf(markup)
  for (const [index, one] of labels.entries()) {
    expect(one.left, one.text).toBeGreaterThanOrEqual(-0.1)
    expect(one.right, one.text).toBeLessThanOrEqual(width + 0.1)
    expect(one.top, one.text).toBeGreaterThanOrEqual(0)
    expect(one.bottom, one.text).toBeLessThanOrEqual(height)
    for (const other of labels.slice(index + 1)) {
      const apart =
        one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top
      if (!apart) expect.fail(`“${one.text}” and “${other.text}” overlap at ${width} × ${height}`)
    }
  }
  return markup
}

const texts = (markup: string): string[] => labelsOf(markup).map(({ text }) => text)
const count = (markup: string, part: string): number => markup.split(part).length - 1

const hostile = '<script>alert(1)</script>"><img src=x onerror="alert(1)">&amp;\u202eabc\u0000\ud800\nend'

const anyDuration = fc.oneof(
  fc.integer({ min: 1, max: 1000 }),
  fc.integer({ min: 100_000, max: 10_000_000 }),
  fc.integer({ min: 0, max: 60_000_000_000 }),
  fc.constantFrom(0, 1, 60e9, 1e18, 1e300, Number.MAX_VALUE),
)
const anyDistribution = fc.array(anyDuration, { maxLength: 40 }).map(distributionOf)
const anyName = fc.oneof(
  fc.constantFrom('', 'Baseline', hostile, 'x'.repeat(200)),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const anySize = fc.record({ width: fc.integer({ min: 1, max: 1200 }), height: fc.integer({ min: 1, max: 700 }) })
const seriesOf = <Item,>(item: fc.Arbitrary<Item>) => fc.array(fc.tuple(anyName, item), { minLength: 1, maxLength: 6 })
const runs = tries(25, 150)

describe('percentiles', () => {
  const distribution = distributionOf(Array.from({ length: 10_000 }, (_, index) => 100_000 + index * 100))
  const plot = (width: number, height = 260) => (
    <PercentilePlot
      {...place}
      width={width}
      height={height}
      subject={subject}
      series={[percentileSeries('one', 0, distribution)]}
    />
  )

  test('are marked by nines, with the median where there is room, over durations', () => {
    const markup = expectSound(plot(900), { width: 900, height: 260 })
    expect(texts(markup)).toEqual(
      expect.arrayContaining(['0 %', '50 %', '90 %', '99 %', '99.9 %', '99.99 %', '0', '200 µs', '1 ms']),
    )
    expect(texts(expectSound(plot(300), { width: 300, height: 260 }))).not.toContain('50 %')
  })

  test('say in one sentence what they show', () => {
    expect(attribute(renderToStaticMarkup(plot(480)), 'aria-label')).toBe(
      'Percentiles of round trips: p50 600 µs, p99 1.09 ms, max 1.10 ms',
    )
  })

  test('of several series differ in colour, dash and marker, and have a legend', () => {
    const series = Array.from({ length: 6 }, (_, index) => percentileSeries(`Run ${index}`, index, distribution))
    const markup = expectSound(<PercentilePlot {...place} subject={subject} series={series} />, place)
    for (const { name } of series) expect(texts(markup)).toContain(name)
    const lines = [...markup.matchAll(/<path d="[^"]+" fill="none" stroke="(\S+)"[^>]*>/g)]
    expect(new Set(lines.map(([, colour]) => colour)).size).toBe(6)
    expect(new Set(lines.map(([tag]) => attribute(tag, 'stroke-dasharray'))).size).toBe(6)
  })

  test('a long name is shortened, with its full text as tooltip', () => {
    const name = `Run of ${'many '.repeat(30)}words`
    const series = [percentileSeries(name, 0, distribution), percentileSeries('other', 1, distribution)]
    const markup = expectSound(<PercentilePlot {...place} subject={subject} series={series} />, place)
    expect(markup).toContain(`<title>${name}</title>`)
    expect(texts(markup).some((text) => text.startsWith('Run of many') && text.endsWith('…'))).toBe(true)
  })

  test('has points at exactly the percentiles in tables', () => {
    const percentiles = percentileSeries('one', 0, distribution).points.map(({ percentile }) => percentile)
    expect(percentiles).toEqual(expect.arrayContaining([50, 90, 99, 99.9]))
    expect(percentiles).toEqual([...percentiles].sort((one, other) => one - other))
  })

  test('hold for any durations and sizes', () => {
    fc.assert(
      fc.property(seriesOf(anyDistribution), anySize, (given, size) => {
        const series = given.map(([name, each], index) => percentileSeries(name, index, each))
        expectSound(<PercentilePlot {...size} palette={lightPalette} subject={subject} series={series} />, size)
      }),
      runs,
    )
  })
})

describe('histogram', () => {
  const samples = [100_000, 150_000, 150_000, 200_000, 1_000_000]

  test('of one series has a bar for each non-empty bucket, with counts', () => {
    const series = [histogramSeries('one', 0, distributionOf(samples))]
    const markup = expectSound(<HistogramPlot {...place} subject={subject} series={series} />, place)
    expect(count(markup, '<rect')).toBe(4)
    expect(texts(markup)).toEqual(expect.arrayContaining(['0', '1', '2', '100 µs', '1 ms']))
  })

  test('within less than a decade is marked by 2 and 5 too', () => {
    const series = [histogramSeries('one', 0, distributionOf([150_000, 600_000]))]
    const markup = expectSound(<HistogramPlot {...place} subject={subject} series={series} />, place)
    expect(texts(markup)).toEqual(expect.arrayContaining(['200 µs', '500 µs']))
  })

  test('of several series has shares, with the first filled and all outlined', () => {
    const series = [0, 1, 2].map((index) => histogramSeries(`Run ${index}`, index, distributionOf(samples)))
    const markup = expectSound(<HistogramPlot {...place} subject={subject} series={series} />, place)
    // Its bars, and its sample in the legend.
    expect(count(markup, '<rect')).toBe(4 + 1)
    expect(count(markup, '<path')).toBe(3)
    expect(texts(markup)).toEqual(expect.arrayContaining(['0 %', '20 %', '40 %']))
  })

  test.each([
    ['no samples', []],
    ['one sample', [190_000]],
    ['all equal', Array<number>(100).fill(1)],
    ['a nanosecond to a minute', [1, 60e9]],
  ])('%s', (_name, given) => {
    for (const width of [160, 300, 480, 900]) {
      const size = { width, height: 180 }
      const series = [histogramSeries('one', 0, distributionOf(given))]
      expectSound(<HistogramPlot {...place} {...size} subject={subject} series={series} />, size)
    }
  })

  test('holds for any durations and sizes', () => {
    fc.assert(
      fc.property(seriesOf(anyDistribution), anySize, (given, size) => {
        const series = given.map(([name, each], index) => histogramSeries(name, index, each))
        expectSound(<HistogramPlot {...size} palette={lightPalette} subject={subject} series={series} />, size)
      }),
      runs,
    )
  })
})

describe('timeline', () => {
  const slot = (index: number, more: Partial<Slot> = {}): Slot => ({
    fromMs: index * 1000,
    lengthMs: 1000,
    timedOut: 0,
    failed: 0,
    accepted: null,
    latency: distributionOf([190_000, 210_000, 400_000]),
    ...more,
  })

  test('has a mark of the maximum for each interval, and time below', () => {
    const slots = Array.from({ length: 10 }, (_, index) => slot(index))
    const markup = expectSound(<TimelinePlot {...place} subject={subject} slots={slots} />, place)
    // One more is in the legend.
    expect(count(markup, '<polygon')).toBe(10 + 1)
    expect(texts(markup)).toEqual(expect.arrayContaining(['0 s', '10 s', 'p50', 'max']))
    expect(texts(markup)).not.toContain('timeouts')
  })

  test('marks timeouts and failures with their number and a tooltip', () => {
    const slots = [slot(0), slot(1, { timedOut: 3 }), slot(2), slot(3, { failed: 1 }), slot(4)]
    const markup = expectSound(<TimelinePlot {...place} subject={subject} slots={slots} />, place)
    expect(markup).toContain('<title>3 timeouts at 1–2 s</title>')
    expect(markup).toContain('<title>1 failure at 3–4 s</title>')
    expect(texts(markup)).toEqual(expect.arrayContaining(['3', '1', 'timeouts', 'failures']))
    expect(attribute(markup, 'aria-label')).toBe(
      'Timeline of round trips over 5.00 s: p50 210 µs, max 400 µs, 3 timeouts, 1 failure',
    )
  })

  test('is interrupted where nothing was answered', () => {
    const slots = [slot(0), slot(1), slot(2, { timedOut: 9, latency: emptyDistribution }), slot(3), slot(4)]
    const markup = renderToStaticMarkup(<TimelinePlot {...place} subject={subject} slots={slots} />)
    expect(count(markup, 'stroke-width="0.75"></path>')).toBe(2)
  })

  test('says so when there was no reply at all', () => {
    const slots = [slot(0, { timedOut: 2, latency: emptyDistribution })]
    expect(texts(expectSound(<TimelinePlot {...place} subject={subject} slots={slots} />, place))).toContain(
      'No replies',
    )
    expect(texts(expectSound(<TimelinePlot {...place} subject={subject} slots={[]} />, place))).toEqual(['No samples'])
  })

  test('of a day is marked in hours, and draws only what is visible', () => {
    const slots = Array.from({ length: 2880 }, (_, index) => slot(index * 30, { lengthMs: 30_000 }))
    const markup = expectSound(<TimelinePlot {...place} subject={subject} slots={slots} />, place)
    expect(texts(markup)).toEqual(expect.arrayContaining(['0 s', '12 h', '24 h']))
    expect(count(markup, '<polygon')).toBeLessThan(200)
  })

  test('holds for any slots and sizes', () => {
    const anySlot = fc.record({
      length: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.constantFrom(0, 0.001, 864_000, 1e300)),
      timedOut: fc.constantFrom(0, 0, 0, 1, 12_345_678),
      failed: fc.constantFrom(0, 0, 0, 2),
      accepted: fc.constantFrom(null, 0, 12),
      latency: anyDistribution,
    })
    fc.assert(
      fc.property(fc.array(anySlot, { maxLength: 60 }), anySize, (given, size) => {
        let fromMs = 0
        const slots = given.map(({ length, ...rest }) => {
          const made = { ...rest, fromMs, lengthMs: length }
          fromMs += length
          return made
        })
        expectSound(<TimelinePlot {...size} palette={lightPalette} subject={subject} slots={slots} />, size)
        expectSound(<RatePlot {...size} palette={lightPalette} done="accepted" slots={slots} />, size)
      }),
      runs,
    )
  })
})

describe('sweep', () => {
  const points = [16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576].map(
    (at): SweepPoint => ({
      at,
      p50: 150_000 + at,
      p90: 180_000 + at,
      p99: 250_000 + at,
      throughput: 1e9 / (160_000 + at),
    }),
  )
  const one = [{ name: 'one', colour: 0, points }]

  test('over sizes is marked at the sizes, with a line for each percentile', () => {
    const size = { width: 900, height: 200 }
    const markup = expectSound(<SweepPlot {...place} {...size} over="size" subject={subject} runs={one} />, size)
    expect(texts(markup)).toEqual(expect.arrayContaining(['16 B', '64 B', '1 KiB', '1 MiB', 'p50', 'p90', 'p99']))
    expect(count(markup, '<path')).toBe(3)
    expect(count(markup, '<circle')).toBe(27)
  })

  test('has throughput below where there is room, or when requested', () => {
    const labels = (height: number, asked?: boolean) => {
      const size = { width: 480, height }
      const toggle = asked === undefined ? {} : { throughput: asked }
      return texts(
        expectSound(<SweepPlot {...place} {...size} {...toggle} over="size" subject={subject} runs={one} />, size),
      )
    }
    expect(labels(260)).toContain('Throughput')
    expect(labels(200)).not.toContain('Throughput')
    expect(labels(200, true)).toContain('Throughput')
    expect(labels(260, false)).not.toContain('Throughput')
  })

  test('a step without replies interrupts the lines', () => {
    const gap = points.map((point, index) => (index === 4 ? { ...point, p50: null, p90: null, p99: null } : point))
    const markup = renderToStaticMarkup(
      <SweepPlot
        {...place}
        throughput={false}
        over="size"
        subject={subject}
        runs={[{ name: 'one', colour: 0, points: gap }]}
      />,
    )
    expect(count(markup, '<path')).toBe(6)
  })

  test('holds for any steps and sizes', () => {
    const anyFigure = fc.option(anyDuration)
    const anyPoint = fc.record({
      at: fc.oneof(fc.integer({ min: 1, max: 2 ** 26 }), fc.constantFrom(0.1, 0.3, 1, 1e300)),
      p50: anyFigure,
      p90: anyFigure,
      p99: anyFigure,
      throughput: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom(0, 1e300, Number.POSITIVE_INFINITY)),
    })
    fc.assert(
      fc.property(
        seriesOf(fc.uniqueArray(anyPoint, { selector: ({ at }) => at, maxLength: 32 })),
        fc.constantFrom<SweptOver>('size', 'rate', 'sockets', 'inFlight'),
        anySize,
        (given, over, size) => {
          const swept = given.map(([name, each], colour) => ({
            name,
            colour,
            points: each.toSorted((first, other) => first.at - other.at),
          }))
          expectSound(<SweepPlot {...size} palette={lightPalette} over={over} subject={subject} runs={swept} />, size)
        },
      ),
      runs,
    )
  })
})

describe('the selected point', () => {
  const point = (x: number, y: number | null) => ({ x, y, colour: '#000', words: `${x}` })
  const points = [[point(10, 50), point(20, 40), point(30, 30)], [], [point(12, 90), point(28, 80)]]

  test('is the nearest along the axis, of the series nearest to it', () => {
    expect(nearestPoint(points, 21, 42)).toEqual({ series: 0, index: 1 })
    expect(nearestPoint(points, 27, 85)).toEqual({ series: 2, index: 1 })
    expect(nearestPoint([[], []], 1, 1)).toBeNull()
  })

  test('moves with the keys, and stays within the plot', () => {
    expect(afterKey(points, null, 'ArrowRight')).toEqual({ series: 0, index: 0 })
    expect(afterKey(points, null, 'End')).toEqual({ series: 0, index: 2 })
    expect(afterKey(points, { series: 0, index: 0 }, 'ArrowLeft')).toEqual({ series: 0, index: 0 })
    expect(afterKey(points, { series: 0, index: 1 }, 'ArrowRight')).toEqual({ series: 0, index: 2 })
    expect(afterKey(points, { series: 0, index: 2 }, 'ArrowDown')).toEqual({ series: 2, index: 1 })
    expect(afterKey(points, { series: 2, index: 1 }, 'ArrowUp')).toEqual({ series: 0, index: 2 })
    expect(afterKey(points, { series: 0, index: 2 }, 'Escape')).toBeNull()
    expect(afterKey(points, null, 'Tab')).toBeUndefined()
  })

  test('can be reached by keyboard, but not in a static picture', () => {
    const series = [percentileSeries('one', 0, distributionOf([1, 2, 3]))]
    const live = <PercentilePlot {...place} subject={subject} series={series} onCaption={() => undefined} />
    const still = <PercentilePlot {...place} subject={subject} series={series} />
    expect(renderToStaticMarkup(live)).toContain('tabindex="0"')
    expect(renderToStaticMarkup(still)).not.toContain('tabindex')
  })
})

describe('a self-contained picture', () => {
  const series = [hostile, 'two'].map((name, index) => percentileSeries(name, index, distributionOf([1e5, 2e5])))
  const svg = plotToSvg((surface) => <PercentilePlot {...surface} subject={subject} series={series} />, {
    title: hostile,
    width: 720,
    height: 400,
    palette: darkPalette,
  })

  test('has its title, background and colours, and no local font', () => {
    expect(svg).toContain('<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400"')
    expect(svg).toContain(`<rect width="720" height="400" fill="${darkPalette.surface}"`)
    expect(svg).toContain('font-family="sans-serif"')
    expect(svg).not.toContain('var(')
  })

  test('treats hostile names as text, and drops what XML cannot contain', () => {
    expect(svg).not.toMatch(/<script|<img|\0|[\ud800-\udfff\u202e]/)
    expect(svg).toContain('&lt;script&gt;')
    expect(() => encodeURIComponent(svg)).not.toThrow()
  })
})

describe('text in a picture', () => {
  test('is cut between visible characters', () => {
    const family = '👩‍👩‍👧‍👦'
    expect(shortened(family.repeat(20), 200)).toMatch(new RegExp(`^(${family})*…$`, 'u'))
    expect(shortened('short', 200)).toBe('short')
  })

  test('fits, whatever it is, and contains nothing that XML forbids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 20, max: 400 }), (text, width) => {
        const visible = visibleText(text)
        expect(visible).not.toMatch(/[\p{Cc}\p{Cs}\ufffe\uffff]/u)
        expect(textWidth(shortened(visible, width))).toBeLessThanOrEqual(width)
      }),
    )
  })
})

describe('colours', () => {
  test.each([
    ['light', lightPalette],
    ['dark', darkPalette],
  ])('of the %s palette can be read', (_name, { surface, ink, strong, alarm, axis, series }) => {
    // The alarm colour is also used for text: the counts next to the marks.
    for (const colour of [ink, strong, alarm]) expect(contrast(colour, surface)).toBeGreaterThanOrEqual(4.5)
    for (const colour of [axis, ...series]) expect(contrast(colour, surface)).toBeGreaterThanOrEqual(3)
  })

  test('of the window are those of the palettes', () => {
    const sheet = readFileSync(new URL('../../src/renderer/ui/plot-colours.module.css', import.meta.url), 'utf8')
    const dark = new Map(paletteProperties(darkPalette))
    const inWindow = (theme: 'light' | 'dark') =>
      new Map([...coloursOf(':root'), ...coloursOf(`:root[data-mantine-color-scheme="${theme}"]`)])
    for (const [name, colour] of paletteProperties(lightPalette)) {
      const value = new RegExp(`${name}: ([^;]+);`).exec(sheet)?.[1] ?? ''
      const shared = /^var\((--[\w-]+)\)$/.exec(value)?.[1]
      const colours = shared
        ? `light-dark(${pick(inWindow('light'), shared, 0)}, ${pick(inWindow('dark'), shared, 1)})`
        : value
      expect(colours, name).toBe(`light-dark(${colour}, ${dark.get(name)})`)
    }
    expect(pagePalette.series).toHaveLength(lightPalette.series.length)
  })
})
