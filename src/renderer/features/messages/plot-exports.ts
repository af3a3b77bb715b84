import type { SeriesData } from '../../../report/plots/series-scene.ts'
import { formatCount } from '../../../shared/format.ts'
import type { PlotSeries } from '../../../shared/series/series.ts'
import { call } from '../../api.ts'
import type { Span } from '../../state/plot-store.ts'
import type { PictureFormat } from '../../ui/save-plot.ts'
import type { Size } from '../../ui/use-size.ts'

const saved = (path: string | null, what: string): string => (path === null ? '' : `Saved ${what} to ${path}.`)

/** Saves a picture as it is drawn. Returns what became of it, in words; empty when the person has cancelled. */
export async function savePicture(
  data: SeriesData,
  title: string,
  { format, size, dark }: { readonly format: PictureFormat; readonly size: Size; readonly dark: boolean },
): Promise<string> {
  const [{ pictureOf }, { drawSeries }] = await Promise.all([
    import('../../ui/save-plot.ts'),
    import('./draw-series.tsx'),
  ])
  const { name, bytes } = await pictureOf(drawSeries(data, title), { title, size, dark, format })
  const { path } = await call('file.save', { name, bytes })
  return saved(path, 'the picture')
}

/** Saves all points of a span, as `savePicture` does. */
export async function savePoints(
  series: readonly PlotSeries[],
  labels: ReadonlyMap<string, string>,
  span: Span | null,
): Promise<string> {
  const { path, points } = await call('series.export', {
    series: series.map(({ id }) => ({ id, label: (labels.get(id) ?? '').slice(0, 200) })),
    span,
  })
  return saved(path, `${formatCount(points)} ${points === 1 ? 'point' : 'points'}`)
}
