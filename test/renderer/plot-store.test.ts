import { beforeEach, describe, expect, test } from 'vitest'
import { addSeries, changeSeries, type NewSeries, removeSeries } from '../../src/renderer/state/plot-store.ts'
import { workspaceStore } from '../../src/renderer/state/workspace-store.ts'
import { mostSeries } from '../../src/shared/series/series.ts'
import { plainSource } from '../../src/shared/values/source.ts'
import { defaultWorkspace } from '../../src/shared/workspace.ts'

const at = (path: string): NewSeries => ({
  session: 'sub',
  direction: 'received',
  match: null,
  value: plainSource(0, 'json', path),
  x: 'arrival',
  part: { from: 0, every: 1 },
})

const series = () => workspaceStore.getState().plot?.series ?? []

beforeEach(() => workspaceStore.setState(defaultWorkspace, true))

describe('the series of the window', () => {
  test('have colours of their own, and the first that is free', () => {
    addSeries([at('$.a'), at('$.b'), at('$.c')])
    expect(series().map(({ slot }) => slot)).toEqual([0, 1, 2])
    removeSeries(series()[1]?.id ?? '')
    addSeries([at('$.d')])
    expect(series().map(({ slot }) => slot)).toEqual([0, 2, 1])
  })

  test('are there once, and shown again where they were hidden', () => {
    addSeries([at('$.a')])
    changeSeries(series()[0]?.id ?? '', { isHidden: true })
    addSeries([at('$.a')])
    expect(series().map(({ isHidden }) => isHidden)).toEqual([false])
  })

  test('are bounded', () => {
    addSeries(Array.from({ length: mostSeries }, (_, place) => at(`$.a${place}`)))
    expect(() => addSeries([at('$.more')])).toThrow('24 series at most')
    expect(series()).toHaveLength(mostSeries)
  })
})
