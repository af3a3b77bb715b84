import { ActionIcon, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { pagePalette } from '../../../../report/plots/palette.ts'
import type { PlotCaption } from '../../../../report/plots/plot-svg.tsx'
import type { DrawPlot } from '../../../../report/plots/plot-to-svg.tsx'
import { sentenceOf } from '../../../../shared/reason.ts'
import colours from '../../../ui/plot-colours.module.css'
import { Problem } from '../../../ui/problem.tsx'
import type { PictureFormat } from '../../../ui/save-plot.ts'
import { useAppliedScheme } from '../../../ui/use-applied-scheme.ts'
import { useSize } from '../../../ui/use-size.ts'
import classes from './plots.module.css'

export interface PlotFrameProps {
  readonly title: string
  /** Draws the plot at the given size. */
  readonly draw: DrawPlot
  /** Saves a picture; a rejection is shown beside the plot. Without it the plot cannot be saved. */
  readonly onSave?: (name: string, bytes: Uint8Array) => Promise<void>
}

const formats = [
  { format: 'png', label: 'Save as PNG' },
  { format: 'svg', label: 'Save as SVG' },
] as const satisfies readonly { format: PictureFormat; label: string }[]

const nothingSaid: PlotCaption = { words: '', pointed: false }

/** A plot that fills its place, describes the point under the pointer, and can be saved as a picture. */
export function PlotFrame({ title, draw, onSave }: PlotFrameProps) {
  const place = useRef<HTMLDivElement>(null)
  const size = useSize(place)
  const { dark } = useAppliedScheme()
  const [caption, setCaption] = useState(nothingSaid)
  const [error, setError] = useState('')

  const save = async (format: PictureFormat) => {
    if (!onSave) return
    setError('')
    try {
      // The picture code is large, and most people never save a plot.
      const { pictureOf } = await import('../../../ui/save-plot.ts')
      const { name, bytes } = await pictureOf(draw, { title, size, dark, format })
      await onSave(name, bytes)
    } catch (thrown) {
      setError(sentenceOf(thrown))
    }
  }
  return (
    <figure className={`${colours.colours} ${classes.figure}`}>
      <div className={classes.head}>
        <span className={classes.title} title={title}>
          {title}
        </span>
        {onSave ? (
          <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
            <Menu.Target>
              <ActionIcon size={24} aria-label={`Save plot: ${title}`} title="Save this plot">
                <IconDownload size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {formats.map(({ format, label }) => (
                <Menu.Item key={format} onClick={() => void save(format)}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </div>
      {error ? <Problem title={`Could not save the plot: ${error}`} onDismiss={() => setError('')} /> : null}
      <figcaption className={classes.caption}>
        {/* Announced while the arrow keys move. The description of the whole plot is its label and must not be re-read on every change. */}
        <span
          className={classes.words}
          data-pointed={caption.pointed}
          aria-live={caption.pointed ? 'polite' : 'off'}
          title={caption.words}
        >
          {caption.words}
        </span>
      </figcaption>
      <div ref={place} className={classes.place}>
        {size.width > 0 && size.height > 0 ? draw({ ...size, palette: pagePalette, onCaption: setCaption }) : null}
      </div>
    </figure>
  )
}
