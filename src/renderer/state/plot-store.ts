import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { InspectorError } from '../../shared/errors.ts'
import {
  mostSeries,
  type PictureKind,
  type PlotSeries,
  type SeriesSpec,
  specOfSeries,
} from '../../shared/series/series.ts'
import { messagesLabel, setLogMode } from './log-views.ts'
import { useWorkspace, workspaceStore } from './workspace-store.ts'

export interface Span {
  readonly from: number
  readonly to: number
}

/** How the plot is looked at. It begins anew with each start. */
export interface PlotView {
  /** Whether it stands still. */
  readonly isHeld: boolean
  /** How much of the time is shown while it goes on, in milliseconds. */
  readonly length: number
  /** The part of the x axis that was chosen; absent for the usual one. */
  readonly spans: Partial<Readonly<Record<PictureKind, Span>>>
}

const usualLength = 60_000
const [leastLength, mostLength] = [100, 30 * 24 * 3600_000]

const usual: PlotView = { isHeld: false, length: usualLength, spans: {} }

const views = createStore<PlotView>()(() => usual)

export const usePlotView = (): PlotView => useStore(views)

/** Whether another part is shown than usual. */
export const isZoomed = ({ spans, length }: PlotView): boolean =>
  Object.keys(spans).length > 0 || length !== usualLength

/** Stands still at what is shown. */
export const holdPlot = (kind: PictureKind, span: Span): void =>
  views.setState((view) => ({ isHeld: true, spans: { ...view.spans, [kind]: span } }))

/** Goes on with what comes. Parts of x axes that are no times stay. */
export const followPlot = (): void =>
  views.setState(({ spans: { arrival: _held, ...spans } }) => ({ isHeld: false, spans }))

/** Shows more or less of the time while it goes on. */
export const setPlotLength = (length: number): void =>
  views.setState({ length: Math.max(leastLength, Math.min(mostLength, length)) })

/** Shows a part of the x axis. What goes on stands still, where x is the time. */
export const zoomPlot = (kind: PictureKind, span: Span): void =>
  views.setState((view) => ({
    isHeld: view.isHeld || kind === 'arrival',
    spans: { ...view.spans, [kind]: span },
  }))

/** Shows what is usual: the last minute, or all that there is of what stands still. */
export const resetPlotZoom = (whole: Span | null): void =>
  views.setState(({ isHeld }) => ({
    length: usualLength,
    spans: isHeld && whole ? { arrival: whole } : {},
  }))

const noSeries: readonly PlotSeries[] = []

/** The series that are plotted; they are kept over a restart. */
export const usePlotSeries = (): readonly PlotSeries[] => useWorkspace(({ plot }) => plot?.series ?? noSeries)

const seriesNow = (): readonly PlotSeries[] => workspaceStore.getState().plot?.series ?? noSeries

const setSeries = (series: readonly PlotSeries[]): void => workspaceStore.setState({ plot: { series } })

const contentOf = (series: SeriesSpec): string => JSON.stringify({ ...specOfSeries(series), id: '' })

/** The first colour that no series has. */
function freeSlot(series: readonly PlotSeries[]): number {
  let slot = 0
  while (series.some((each) => each.slot === slot)) slot += 1
  return slot
}

/** What a series needs to be added. */
export type NewSeries = Omit<SeriesSpec, 'id'> & Partial<Pick<PlotSeries, 'label' | 'axis'>>

/** Adds series; one that is there already is only shown. Throws `InspectorError` when there are too many. */
export function addSeries(added: readonly NewSeries[]): void {
  let all = seriesNow()
  for (const each of added) {
    const series: PlotSeries = {
      label: '',
      axis: 'left',
      ...each,
      id: crypto.randomUUID(),
      slot: freeSlot(all),
      isHidden: false,
    }
    const content = contentOf(series)
    if (all.some((known) => contentOf(known) === content)) {
      all = all.map((known) => (contentOf(known) === content ? { ...known, isHidden: false } : known))
      continue
    }
    if (all.length >= mostSeries) {
      throw new InspectorError('invalid-argument', `A plot has ${mostSeries} series at most. Remove one first.`)
    }
    all = [...all, series]
  }
  setSeries(all)
}

export const changeSeries = (id: string, patch: Partial<Omit<PlotSeries, 'id'>>): void =>
  setSeries(seriesNow().map((series) => (series.id === id ? { ...series, ...patch } : series)))

export const removeSeries = (id: string): void => setSeries(seriesNow().filter((series) => series.id !== id))

/** Shows the plot beside the socket that is shown. */
export const showPlot = (): void => setLogMode(messagesLabel(workspaceStore.getState().activeSocket), { form: 'plot' })
