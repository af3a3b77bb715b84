import { darkPalette, lightPalette } from '../../report/plots/palette.ts'
import { type DrawPlot, plotToSvg } from '../../report/plots/plot-to-svg.tsx'
import { svgToPng } from './svg-to-png.ts'
import type { Size } from './use-size.ts'

export type PictureFormat = 'png' | 'svg'

export interface Picture {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A plot in a narrow window is saved larger than on screen, with all its marks. */
const leastSize: Size = { width: 720, height: 400 }

/** A file name: `Round trips, p99` → `round-trips-p99.png`. */
function fileName(title: string, format: PictureFormat): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['plot']
  return `${words.join('-').slice(0, 100)}.${format}`
}

/** A plot as a file, in the colours and about the size that it has on screen. */
export async function pictureOf(
  draw: DrawPlot,
  { title, size, dark, format }: { title: string; size: Size; dark: boolean; format: PictureFormat },
): Promise<Picture> {
  const width = Math.max(leastSize.width, size.width)
  const height = Math.max(leastSize.height, size.height)
  const svg = plotToSvg(draw, { title, width, height, palette: dark ? darkPalette : lightPalette })
  const bytes = format === 'svg' ? new TextEncoder().encode(svg) : await svgToPng(svg, width, height)
  return { name: fileName(title, format), bytes }
}
