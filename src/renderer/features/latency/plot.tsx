import { type ReactNode, useCallback, useRef, useState } from 'react'
import { pagePalette } from '../../../report/plots/palette.ts'
import type { PlotCaption } from '../../../report/plots/plot-svg.tsx'
import type { DrawPlot } from '../../../report/plots/plot-to-svg.tsx'
import { useSize } from '../../ui/use-size.ts'
import classes from './latency.module.css'

interface PlotProps {
  readonly title: string
  readonly draw: DrawPlot
  /** What the marks mean, where that is not obvious. */
  readonly legend?: ReactNode
}

/** A plot that fills its place and describes the value under the pointer. */
export function Plot({ title, draw, legend }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const size = useSize(place)
  const [words, setWords] = useState('')
  // The words of the whole plot change with every reply, and the figures above say the same.
  const tell = useCallback((caption: PlotCaption) => setWords(caption.pointed ? caption.words : ''), [])
  return (
    <figure className={classes.plot}>
      <figcaption className={classes.caption}>
        <span>{title}</span>
        <span className="tabular" aria-live="polite">
          {words}
        </span>
      </figcaption>
      {legend}
      <div ref={place} className={classes.place}>
        {size.width > 0 && size.height > 0 ? draw({ ...size, palette: pagePalette, onCaption: tell }) : null}
      </div>
    </figure>
  )
}
