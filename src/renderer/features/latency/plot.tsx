import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import { useAppliedScheme } from '../../ui/use-applied-scheme.ts'
import classes from './latency.module.css'

/** What a plot takes from the theme. */
export interface PlotColours {
  readonly accent: string
  readonly alarm: string
  readonly axis: uPlot.Axis
}

export type PlotPlan = (colours: PlotColours) => Omit<uPlot.Options, 'width' | 'height'>

function coloursOf(element: Element): PlotColours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const grid = { stroke: colour('--plot-grid'), width: 1 }
  return {
    accent: colour('--plot-accent'),
    alarm: colour('--plot-alarm'),
    axis: {
      stroke: colour('--plot-ink'),
      grid,
      ticks: grid,
      font: `11px ${style.fontFamily}`,
      size: (_plot, values, axisIndex) =>
        axisIndex === 0 ? 28 : 14 + Math.max(...(values ?? ['']).map((value) => (value ?? '').length), 4) * 7,
    },
  }
}

interface PlotProps {
  readonly title: string
  readonly plan: PlotPlan
  readonly data: uPlot.AlignedData
  /** What stands at an index of the data, in words. */
  readonly describe: (index: number) => string
}

/** A plot that fills its place, follows the theme, and says in words what is under the pointer. */
export function Plot({ title, plan, data, describe }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const latest = useRef(data)
  latest.current = data
  const [pointed, setPointed] = useState<number | null>(null)
  const { dark, highContrast } = useAppliedScheme()

  // The colours are read from the theme when the plot is made, so another theme means another plot.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme needs another plot
  useEffect(() => {
    const parent = place.current
    if (!parent) return
    const size = () => ({ width: parent.clientWidth, height: parent.clientHeight })
    const made = new uPlot(
      {
        ...plan(coloursOf(parent)),
        ...size(),
        hooks: { setCursor: [({ cursor }) => setPointed(cursor.idx ?? null)] },
      },
      latest.current,
      parent,
    )
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize(size()))
    observer.observe(parent)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [plan, dark, highContrast])

  useEffect(() => {
    plot.current?.setData(data)
  }, [data])

  return (
    <figure className={classes.plot}>
      <figcaption className={classes.caption}>
        <span>{title}</span>
        <span className="tabular">{pointed === null ? '' : describe(pointed)}</span>
      </figcaption>
      <div ref={place} className={classes.canvas} />
    </figure>
  )
}
