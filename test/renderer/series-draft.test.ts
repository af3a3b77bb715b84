import { describe, expect, test } from 'vitest'
import { markWords } from '../../src/renderer/features/messages/plot-marks.ts'
import { draftOf, readDraft } from '../../src/renderer/features/messages/series-draft.ts'
import { labelOf, seriesName } from '../../src/renderer/features/messages/series-words.ts'
import type { PlotSeries } from '../../src/shared/series/series.ts'
import { plotSeriesSchema } from '../../src/shared/series/series-schema.ts'
import { plainSource } from '../../src/shared/values/source.ts'

const series: PlotSeries = {
  id: 'a',
  session: 'sub',
  direction: 'received',
  match: { how: 'prefix', topic: { encoding: 'text', text: 'prices' } },
  value: plainSource(1, 'json', '$.price'),
  x: 'arrival',
  part: { from: 0, every: 1 },
  label: '',
  axis: 'right',
  slot: 3,
  isHidden: false,
}

describe('a series that is filled in', () => {
  test.each<readonly [string, PlotSeries]>([
    ['over time', series],
    [
      'of all topics, of text',
      { ...series, match: null, value: { ...plainSource(0, 'text', '$[1]'), capture: 'T=(.*)' } },
    ],
    ['along a value', { ...series, x: { ...series.value, path: '$.t', isTime: true } }],
    [
      'of the second of two',
      {
        ...series,
        value: { ...plainSource(1, 'array', '$'), array: { type: 'float32', littleEndian: false, columns: 1 } },
        x: 'index',
        part: { from: 1, every: 2 },
      },
    ],
  ])('is what it was, %s', (_what, each) => {
    const read = readDraft(draftOf(each, 'other', []))
    expect(read.problems).toEqual({})
    expect({ ...each, ...read.series }).toEqual(each)
    expect(plotSeriesSchema.parse({ ...each, ...read.series })).toEqual(each)
  })

  test.each([
    [{ path: '.a' }, 'path'],
    [{ frame: '0' }, 'frame'],
    [{ frame: 'x' }, 'frame'],
    [{ capture: '(a)(b)' }, 'capture'],
    [{ how: 'exact', topic: { encoding: 'text', text: 'x'.repeat(300) } }, 'topic'],
    [{ x: 'field', xPath: '' }, 'xPath'],
    [{ label: 'x'.repeat(300) }, 'label'],
  ] as const)('is refused with %o', (wrong, where) => {
    const { problems, series: read } = readDraft({ ...draftOf(series, 'sub', []), ...wrong })
    expect(Object.keys(problems)).toEqual([where])
    expect(read).toBeNull()
  })
})

const seriesLabel = (...of: Parameters<typeof seriesName>) => labelOf(seriesName(...of))

test('a series is named by what is not usual', () => {
  expect(seriesLabel(series, [series], [])).toBe('prices… · $.price')
  expect(seriesLabel({ ...series, label: 'Euro' }, [series], [])).toBe('Euro')
  const other = { ...series, id: 'b', session: 'echo-server', match: null }
  expect(seriesLabel(other, [series, other], [])).toBe('Echo server · $.price in frame 2')
})

test('events are marked by how they begin', () => {
  expect(markWords({ event: 'disconnect', preview: 'tcp://x' })).toBe('Disconnected: tcp://x')
  expect(markWords({ event: 'handshake', preview: '' })).toBe('Connected')
  expect(markWords({ event: 'handshake:error:auth', preview: '' })).toBe('Handshake failed')
  expect(markWords({ event: 'sequence:gap', preview: '3 missing' })).toContain('3 missing')
  expect(markWords({ event: 'alarm:high', preview: '' })).not.toBeNull()
  expect(markWords({ event: 'connect:retry', preview: '' })).toBeNull()
  expect(markWords({ event: null, preview: '' })).toBeNull()
})
