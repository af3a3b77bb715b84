import { Button, NativeSelect, NumberInput, SegmentedControl } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import {
  type ArrayForm,
  type ElementType,
  elements,
  elementTypes,
  maximumColumns,
  NumberArray,
} from '../../../shared/codecs/array/elements.ts'
import type { ArraySummary } from '../../../shared/codecs/array/summary.ts'
import { formatCount } from '../../../shared/format.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { report } from '../../report.ts'
import { useTallRows } from '../../ui/use-tall-rows.ts'
import classes from './array.module.css'
import { ArrayPlot } from './array-plot.tsx'
import { plotLabel } from './tree-menu.ts'

const rowHeight = 20

const orders = [
  { value: 'little', label: 'Little endian' },
  { value: 'big', label: 'Big endian' },
]

interface ArrayViewProps {
  readonly open: OpenFrame
  readonly form: ArrayForm
  readonly number: number
  readonly onForm: (form: ArrayForm) => void
  /** Plots the numbers as they come; null where they cannot be plotted. */
  readonly onPlot: ((form: ArrayForm) => void) | null
}

/** A frame as numbers in a row: what they are, a plot of them, and each in a table. */
export function ArrayView({ open, form, number, onForm, onPlot }: ArrayViewProps) {
  const numbers = useMemo(() => new NumberArray(open.bytes, form), [open.bytes, form])
  return (
    <div>
      <div className={classes.controls}>
        <NativeSelect
          aria-label={`Type of the numbers in reply frame ${number}`}
          data={[...elementTypes]}
          value={form.type}
          onChange={(event) => onForm({ ...form, type: typeOf(event.currentTarget.value, form.type) })}
        />
        {elements[form.type].size > 1 ? (
          <SegmentedControl
            aria-label={`Byte order of reply frame ${number}`}
            data={orders}
            value={form.littleEndian ? 'little' : 'big'}
            onChange={(order) => onForm({ ...form, littleEndian: order === 'little' })}
          />
        ) : null}
        <NumberInput
          aria-label={`Columns of reply frame ${number}`}
          className={classes.columns}
          prefix="Columns "
          min={1}
          max={maximumColumns}
          allowDecimal={false}
          clampBehavior="blur"
          value={form.columns}
          onChange={(columns) => {
            if (typeof columns === 'number' && columns >= 1 && columns <= maximumColumns) onForm({ ...form, columns })
          }}
        />
        {onPlot ? (
          <Button
            variant="default"
            leftSection={<IconChartLine size={14} />}
            title="Plot the numbers of the newest message"
            onClick={() => {
              try {
                onPlot(form)
              } catch (thrown) {
                report(thrown)
              }
            }}
          >
            {plotLabel}
          </Button>
        ) : null}
      </div>
      <Summary open={open} form={form} number={number} />
      <Table numbers={numbers} number={number} />
    </div>
  )
}

const typeOf = (value: string, otherwise: ElementType): ElementType =>
  elementTypes.find((type) => type === value) ?? otherwise

interface SummaryProps {
  readonly open: OpenFrame
  readonly form: ArrayForm
  readonly number: number
}

/** The figures and the plot, which are made where the frame is decoded: it can have millions of numbers. */
function Summary({ open: { remote, opened }, form, number }: SummaryProps) {
  // The former one stays until the next is there, so that nothing jumps: its count tells what it is of.
  const [summary, setSummary] = useState<ArraySummary | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened anew, the frame can have other bytes
  useEffect(() => {
    let current = true
    remote.call('summarise', form).then(
      (made) => {
        if (current) setSummary(made)
      },
      (thrown: unknown) => {
        if (!current || remote.disposed) return
        setSummary(null)
        report(thrown)
      },
    )
    return () => {
      current = false
    }
  }, [remote, opened, form])
  const figures: readonly (readonly [name: string, value: string])[] = [
    ['values', summary ? formatCount(summary.count) : '–'],
    ['minimum', summary?.minimum ?? '–'],
    ['maximum', summary?.maximum ?? '–'],
    ['mean', summary?.mean == null ? '–' : String(Number(summary.mean.toPrecision(6)))],
    ...(summary?.nans ? [['NaN', formatCount(summary.nans)] as const] : []),
    ...(summary?.infinities ? [['infinite', formatCount(summary.infinities)] as const] : []),
    ...(summary?.leftOver ? [['bytes left over', formatCount(summary.leftOver)] as const] : []),
  ]
  return (
    <>
      <dl className={classes.figures} aria-label={`Figures of reply frame ${number}`}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ArrayPlot bands={summary?.bands ?? []} label={`Plot of reply frame ${number}`} />
    </>
  )
}

/** Every number, in as many columns as were asked for. */
function Table({ numbers, number }: { readonly numbers: NumberArray; readonly number: number }) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useTallRows(scroller, numbers.rows, rowHeight)
  const { columns, type } = numbers.form
  const indexWidth = `${String(numbers.count).length}ch`
  const valueWidth = `${elements[type].width + 2}ch`
  const indexes = Array.from({ length: Math.max(0, rows.to - rows.from) }, (_, index) => rows.from + index)
  return (
    <div
      ref={scroller}
      className={classes.table}
      role="region"
      aria-label={`Numbers of reply frame ${number}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
    >
      <div className={classes.rows} style={{ height: rows.height }}>
        {indexes.map((row) => (
          <div key={row} className={classes.row} style={{ transform: `translateY(${rows.topOf(row)}px)` }}>
            <span className={classes.index} style={{ minWidth: indexWidth }}>
              {row * columns}
            </span>
            {numbers.row(row).map((text, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a number has no identity but its place
              <span key={column} className={classes.value} style={{ minWidth: valueWidth }}>
                {text}
              </span>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
