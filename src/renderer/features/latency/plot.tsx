import 'uplot/dist/uPlot.min.css'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import { useAppliedScheme } from '../../ui/use-applied-scheme.ts'
import classes from './latency.module.css'

/** The theme's values that a plot uses. */
export interface PlotColours {
  readonly accent: string
  readonly alarm: string
  readonly ink: string
  readonly axis: uPlot.Axis
}

export type PlotPlan = (colours: PlotColours) => Omit<uPlot.Options, 'width' | 'height'>

function coloursOf(element: Element): PlotColours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const ink = colour('--plot-ink')
  const grid = { stroke: colour('--plot-grid'), width: 1 }
  return {
    accent: colour('--plot-accent'),
    alarm: colour('--plot-alarm'),
    ink,
    axis: {
      stroke: ink,
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
  /** The description of a data index. */
  readonly describe: (index: number) => string
  /** What the marks mean, where that is not obvious. */
  readonly legend?: ReactNode
}

/** A plot that fills its place, follows the theme, and describes the value under the pointer. */
export function Plot({ title, plan, data, describe, legend }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const latest = useRef(data)
  latest.current = data
  const [pointed, setPointed] = useState<number | null>(null)
  const { dark, highContrast } = useAppliedScheme()

  // Colours are read from the theme when the plot is made, so a theme change needs a new plot.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme needs another plot
  useEffect(() => {
    const parent = place.current
    if (!parent) return
    const size = () => ({ width: parent.clientWidth, height: parent.clientHeight })
    const options = plan(coloursOf(parent))
    const made = new uPlot(
      {
        ...options,
        ...size(),
        hooks: { ...options.hooks, setCursor: [({ cursor }) => setPointed(cursor.idx ?? null)] },
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

  /** Selects the next value, as the pointer would. */
  const step = (event: KeyboardEvent) => {
    const [places = []] = latest.current
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -places.length, End: places.length }[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey || !plot.current) return
    event.preventDefault()
    const described = [...places.keys()].filter((index) => describe(index) !== '')
    const at = described.indexOf(pointed ?? -1)
    const next = described[Math.min(described.length - 1, Math.max(0, at + by))]
    if (next === undefined) return
    plot.current.setCursor({ left: plot.current.valToPos(places[next] ?? 0, 'x'), top: 1 })
  }

  return (
    <figure className={classes.plot}>
      <figcaption className={classes.caption}>
        <span>{title}</span>
        <span className="tabular" aria-live="polite">
          {pointed === null ? '' : describe(pointed)}
        </span>
      </figcaption>
      {legend}
      <div
        ref={place}
        role="application"
        aria-roledescription="plot"
        aria-label={`${title}. Use the arrow keys to move between values.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what the pointer can ask for, the keys can
        tabIndex={0}
        className={classes.canvas}
        onKeyDown={step}
        onBlur={() => plot.current?.setCursor({ left: -10, top: -10 })}
      />
    </figure>
  )
}
