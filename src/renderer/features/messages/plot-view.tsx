import { ActionIcon, Button, Menu, Popover } from '@mantine/core'
import { IconArrowBarToDown, IconDownload, IconPlus, IconZoomReset } from '@tabler/icons-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { nearestOf, type SeriesData } from '../../../report/plots/series-scene.ts'
import { formatClock, formatDay, formatDuration } from '../../../shared/format.ts'
import { sentenceOf } from '../../../shared/reason.ts'
import { type PictureKind, type PlotSeries, pictureKinds, pictureOf } from '../../../shared/series/series.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import { messagesLabel, useLogView } from '../../state/log-views.ts'
import {
  followPlot,
  holdPlot,
  isZoomed,
  type PlotView as Looked,
  resetPlotZoom,
  type Span,
  setPlotLength,
  usePlotSeries,
  usePlotView,
  zoomPlot,
} from '../../state/plot-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import { MenuItems } from '../../ui/menu-items.tsx'
import colours from '../../ui/plot-colours.module.css'
import { useAppliedScheme } from '../../ui/use-applied-scheme.ts'
import { useSize } from '../../ui/use-size.ts'
import classes from './plot.module.css'
import { savePicture, savePoints } from './plot-exports.ts'
import { PlotLegend } from './plot-legend.tsx'
import { PlotPicture } from './plot-picture.tsx'
import { SeriesForm } from './series-form.tsx'
import { labelOf, seriesName } from './series-words.ts'
import { isOfTopic, TopicFilter, topicFilterOf } from './topic-filter.tsx'
import { useMarks } from './use-marks.ts'
import { type Pictures, timeSpan, useSeries } from './use-series.ts'

const titles: Readonly<Record<PictureKind, string>> = {
  arrival: 'Values over time',
  field: 'Values by a value of the message',
  index: 'Numbers of the newest message',
}

/** Columns are rounded, so that they do not change with each pixel of the window. */
const columnsOf = (width: number): number => Math.ceil(width / 50) * 50

interface Picture {
  readonly kind: PictureKind
  readonly series: readonly PlotSeries[]
  readonly data: SeriesData
  /** All that there is of it; null for nothing. */
  readonly whole: Span | null
}

const around = (spans: readonly (Span | null)[]): Span | null => {
  const some = spans.filter((span) => span !== null)
  if (some.length === 0) return null
  return { from: Math.min(...some.map(({ from }) => from)), to: Math.max(...some.map(({ to }) => to)) }
}

/** What each kind of picture draws. */
function picturesOf(
  series: readonly PlotSeries[],
  { parts, now }: Pictures,
  view: Looked,
  labels: ReadonlyMap<string, string>,
  marks: SeriesData['marks'],
): readonly Picture[] {
  return pictureKinds.flatMap((kind) => {
    const own = series.filter((each) => pictureOf(each) === kind)
    if (own.length === 0) return []
    const whole = around(own.map(({ id }) => parts.get(id)?.whole ?? null))
    const span = kind === 'arrival' ? timeSpan(view, now) : (view.spans[kind] ?? whole ?? { from: 0, to: 1 })
    const drawn = own.flatMap(({ id, slot, axis, isHidden }) => {
      const points = parts.get(id)?.points
      return points && !isHidden ? [{ name: labels.get(id) ?? '', slot, axis, points }] : []
    })
    const isTime = own.every(({ id }) => parts.get(id)?.isTime ?? kind === 'arrival')
    const data = { series: drawn, span, isTime, marks: kind === 'arrival' ? marks : [] }
    return [{ kind, series: own, data, whole }]
  })
}

/** A length of time without the parts that are zero: `2 min`. */
const lengthWords = (milliseconds: number): string =>
  formatDuration(milliseconds * 1e6).replace(/\.0+(?= )| 0 (?:s|min)$/, '')

/** The x at a part of a span. */
const xAt = ({ from, to }: Span, part: number): number => from + part * (to - from)

/** Where the cursor is: a place of the picture, so that it stays under the pointer while the plot goes on. */
interface Cursor {
  readonly kind: PictureKind
  /** From 0 at the left end of the x axis to 1 at its right end. */
  readonly part: number
}

const cursorWords = (kind: PictureKind, isTime: boolean, x: number): string =>
  isTime ? `at ${formatDay(x)} ${formatClock(x)}` : kind === 'index' ? `at ${Math.round(x)}` : `at ${x}`

/** Numbers in messages over time: of any sockets, as they come or held. */
export function PlotView({ socket }: { readonly socket: string }) {
  const body = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(body)
  const sockets = useWorkspace((workspace) => workspace.sockets)
  const all = usePlotSeries()
  // The topic that is selected is what the list and the plot show.
  const label = messagesLabel(socket)
  const { filter } = useLogView(label, 'message')
  const only = topicFilterOf(filter)
  const series = useMemo(
    () => all.filter(({ session }) => session === echoServerId || sockets.some(({ id }) => id === session)),
    [all, sockets],
  )
  // All are read on, whatever is shown.
  const shown = useMemo(() => series.filter((each) => isOfTopic(only, socket, each)), [series, only, socket])
  const view = usePlotView()
  const { dark } = useAppliedScheme()
  const pictures = useSeries(series, view, columnsOf(width))
  const sessions = useMemo(() => [...new Set(series.map(({ session }) => session))], [series])
  const marks = useMarks(sessions, view.isHeld)
  const names = useMemo(
    () => new Map(series.map((each) => [each.id, seriesName(each, series, sockets)])),
    [series, sockets],
  )
  const labels = useMemo(() => new Map([...names].map(([id, name]) => [id, labelOf(name)])), [names])
  const drawn = useMemo(() => picturesOf(shown, pictures, view, labels, marks), [shown, pictures, view, labels, marks])
  const [cursor, setCursor] = useState<Cursor | null>(null)
  const [said, setSaid] = useState('')
  /** The series that is edited; `new` for one to be added. */
  const [edited, setEdited] = useState<PlotSeries | 'new' | null>(null)
  const close = useCallback(() => setEdited(null), [])

  const time = drawn.find(({ kind }) => kind === 'arrival')
  const toggle = () => {
    if (view.isHeld) followPlot()
    else holdPlot('arrival', time?.data.span ?? timeSpan(view, Date.now()))
  }
  const reset = () => resetPlotZoom(time?.whole ?? null)
  const cursorValues = new Map<string, string>()
  if (cursor) {
    for (const { kind, series: own, data } of drawn) {
      if (kind !== cursor.kind) continue
      const x = xAt(data.span, cursor.part)
      for (const { id, isHidden } of own) {
        const points = pictures.parts.get(id)?.points
        const point = points && !isHidden ? nearestOf({ points }, x, data.span) : null
        cursorValues.set(id, point ? `${point.y}` : '–')
      }
    }
  }
  const attempt = (act: () => Promise<string>) => async () => {
    try {
      setSaid(await act())
    } catch (thrown) {
      setSaid(sentenceOf(thrown))
    }
  }
  const exportItems = [
    ...drawn.flatMap(({ kind, data }) => [
      ...(drawn.length > 1 ? [{ group: titles[kind] }] : []),
      ...(['png', 'svg'] as const).map((format) => ({
        label: `As ${format.toUpperCase()}…`,
        onSelect: attempt(() => savePicture(data, titles[kind], { format, size: { width, height }, dark })),
      })),
    ]),
    'divider' as const,
    ...drawn.map(({ kind, series: own, data, whole }) => ({
      label: drawn.length > 1 ? `${titles[kind]} as CSV…` : 'As CSV…',
      onSelect: attempt(() => savePoints(own, labels, whole === null ? null : data.span)),
    })),
  ]
  const pointed = cursor && drawn.find(({ kind }) => kind === cursor.kind)
  const status = pointed
    ? cursorWords(cursor.kind, pointed.data.isTime, xAt(pointed.data.span, cursor.part))
    : view.isHeld && time
      ? `From ${formatDay(time.data.span.from)} ${formatClock(time.data.span.from)}, ${lengthWords(time.data.span.to - time.data.span.from)}`
      : time
        ? `Last ${lengthWords(view.length)}`
        : ''
  return (
    <section aria-label="Plot" className={`${colours.colours} ${classes.plot}`}>
      <div className={classes.toolbar}>
        <Popover
          opened={edited !== null}
          onChange={(opened) => {
            if (!opened) setEdited(null)
          }}
          position="bottom-start"
          withinPortal
          trapFocus
          transitionProps={{ duration: 0 }}
        >
          <Popover.Target>
            <Button
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => setEdited(edited === null ? 'new' : null)}
            >
              Add series
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            {edited === null ? null : (
              <SeriesForm
                key={edited === 'new' ? 'new' : edited.id}
                socket={socket}
                edited={edited === 'new' ? null : edited}
                onClose={close}
              />
            )}
          </Popover.Dropdown>
        </Popover>
        {only === null || shown.length === series.length ? null : (
          <TopicFilter only={only} label={label} filter={filter} />
        )}
        {shown.length === 0 ? null : (
          <>
            <Button
              variant={view.isHeld ? 'default' : 'light'}
              aria-pressed={!view.isHeld}
              title={view.isHeld ? 'Go on with what comes' : 'Stand still'}
              leftSection={<IconArrowBarToDown size={14} />}
              onClick={toggle}
            >
              Live
            </Button>
            <ActionIcon size={30} aria-label="Reset zoom" title="Reset zoom" disabled={!isZoomed(view)} onClick={reset}>
              <IconZoomReset size={16} />
            </ActionIcon>
            <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
              <Menu.Target>
                <ActionIcon size={30} aria-label="Export the plot" title="Export the plot">
                  <IconDownload size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <MenuItems items={exportItems} />
              </Menu.Dropdown>
            </Menu>
            <span className={classes.status} aria-live={cursor ? 'polite' : 'off'}>
              {status}
            </span>
          </>
        )}
      </div>
      {said === '' ? null : (
        <p role="status" className={classes.said}>
          {said}
        </p>
      )}
      {pictures.problem === null ? null : (
        <p role="alert" className={classes.problem}>
          {pictures.problem}
        </p>
      )}
      {series.length === 0 ? (
        <p className={classes.empty}>
          Open a message, and press “Plot this value” beside a number in its tree. Or add a series by hand.
        </p>
      ) : null}
      {series.length > 0 && shown.length === 0 ? <p className={classes.empty}>No series is of this topic.</p> : null}
      <div className={classes.body} hidden={shown.length === 0}>
        <div ref={body} className={classes.pictures}>
          {drawn.map(({ kind, data }) => (
            <PlotPicture
              key={kind}
              data={data}
              label={`${titles[kind]}: ${data.series.map(({ name }) => name).join(', ')}`}
              cursor={cursor?.kind === kind ? cursor.part : null}
              onCursor={(part) => setCursor(part === null ? null : { kind, part })}
              onSpan={(span) => zoomPlot(kind, span)}
              onZoom={(factor, zoomed) => {
                if (kind === 'arrival' && !view.isHeld) setPlotLength(view.length * factor)
                else zoomPlot(kind, zoomed)
              }}
              onReset={reset}
              onHold={toggle}
            />
          ))}
        </div>
        <PlotLegend
          series={shown}
          names={names}
          parts={pictures.parts}
          cursorValues={cursorValues}
          onEdit={setEdited}
        />
      </div>
    </section>
  )
}
