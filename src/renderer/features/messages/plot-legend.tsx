import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconEye, IconEyeOff, IconPencil, IconX } from '@tabler/icons-react'
import { memo } from 'react'
import { Marker } from '../../../report/plots/markers.tsx'
import { pagePalette } from '../../../report/plots/palette.ts'
import { slotStyle } from '../../../report/plots/series-plot.tsx'
import { formatCount } from '../../../shared/format.ts'
import type { SeriesPart } from '../../../shared/series/page.ts'
import type { PlotSeries } from '../../../shared/series/series.ts'
import { changeSeries, removeSeries } from '../../state/plot-store.ts'
import classes from './plot.module.css'
import { labelOf, type SeriesName } from './series-words.ts'

const symbol = { width: 22, height: 12 }

/** How a series is drawn. */
export function SeriesSymbol({ slot }: { readonly slot: number }) {
  const { colour, marker } = slotStyle(pagePalette, slot)
  return (
    <svg className={classes.symbol} width={symbol.width} height={symbol.height} aria-hidden>
      <path d={`M0 ${symbol.height / 2}h${symbol.width}`} stroke={colour} strokeWidth={1.5} />
      <Marker shape={marker} x={symbol.width / 2} y={symbol.height / 2} colour={colour} radius={3.5} />
    </svg>
  )
}

/** What is odd about a series, in words; empty for nothing. */
function remarkOf({ without, notFinite, dropped, readsEarlier }: SeriesPart): string {
  return [
    ...(readsEarlier ? ['reading the log…'] : []),
    ...(without > 0 ? [`${formatCount(without)} without it`] : []),
    ...(notFinite > 0 ? [`${formatCount(notFinite)} not finite`] : []),
    ...(dropped > 0 ? [`${formatCount(dropped)} oldest let go`] : []),
  ].join(' · ')
}

interface SeriesControlsProps {
  readonly series: PlotSeries
  readonly label: string
  readonly onEdit: (series: PlotSeries) => void
}

/** What can be done with a series. Drawn only when that changes: values do so many times a second. */
const SeriesControls = memo(({ series, label, onEdit }: SeriesControlsProps) => {
  const { id, axis, isHidden } = series
  const Eye = isHidden ? IconEyeOff : IconEye
  return (
    <>
      <NativeSelect
        aria-label={`Axis of ${label}`}
        size="xs"
        w="100%"
        data={[
          { value: 'left', label: 'Left' },
          { value: 'right', label: 'Right' },
        ]}
        value={axis}
        onChange={(event) => changeSeries(id, { axis: event.currentTarget.value === 'right' ? 'right' : 'left' })}
      />
      <span className={classes.buttons}>
        <ActionIcon size={22} aria-label={`Edit ${label}`} title="Edit this series" onClick={() => onEdit(series)}>
          <IconPencil size={14} />
        </ActionIcon>
        <ActionIcon
          size={22}
          aria-label={`Hide ${label}`}
          aria-pressed={isHidden}
          title={isHidden ? 'Show this series' : 'Hide this series'}
          onClick={() => changeSeries(id, { isHidden: !isHidden })}
        >
          <Eye size={14} />
        </ActionIcon>
        <ActionIcon
          size={22}
          aria-label={`Remove ${label}`}
          title="Remove this series"
          onClick={() => removeSeries(id)}
        >
          <IconX size={14} />
        </ActionIcon>
      </span>
    </>
  )
})

interface LegendRowProps {
  readonly series: PlotSeries
  readonly name: SeriesName
  readonly part: SeriesPart | undefined
  /** The value at the cursor; null without one. */
  readonly atCursor: string | null
  readonly onEdit: (series: PlotSeries) => void
}

function LegendRow({ series, name, part, atCursor, onEdit }: LegendRowProps) {
  const { slot, isHidden } = series
  const label = labelOf(name)
  const remark = part ? remarkOf(part) : ''
  const value = atCursor ?? part?.newest?.text ?? '–'
  return (
    <li className={classes.series} data-hidden={isHidden || undefined} aria-label={label}>
      <SeriesSymbol slot={slot} />
      <span className={classes.name}>
        <span className={classes.words} title={remark === '' ? label : `${label}: ${remark}`}>
          {name.of === '' ? null : <bdi className={classes.of}>{name.of}</bdi>}
          {name.of === '' ? null : ' · '}
          <bdi className={classes.what}>{name.value}</bdi>
        </span>
        {remark === '' ? null : (
          <span className={classes.remark} title={remark}>
            {remark}
          </span>
        )}
      </span>
      <span className={classes.value} data-cursor={atCursor !== null || undefined} title={value}>
        {value}
      </span>
      <SeriesControls series={series} label={label} onEdit={onEdit} />
    </li>
  )
}

const noName: SeriesName = { of: '', value: '' }

interface PlotLegendProps {
  readonly series: readonly PlotSeries[]
  readonly names: ReadonlyMap<string, SeriesName>
  readonly parts: ReadonlyMap<string, SeriesPart>
  readonly cursorValues: ReadonlyMap<string, string>
  readonly onEdit: (series: PlotSeries) => void
}

/** The series, how each is drawn, and its newest value, or that at the cursor. */
export function PlotLegend({ series, names, parts, cursorValues, onEdit }: PlotLegendProps) {
  return (
    <ul className={classes.legend} aria-label="Series">
      {series.map((each) => (
        <LegendRow
          key={each.id}
          series={each}
          name={names.get(each.id) ?? noName}
          part={parts.get(each.id)}
          atCursor={cursorValues.get(each.id) ?? null}
          onEdit={onEdit}
        />
      ))}
    </ul>
  )
}
