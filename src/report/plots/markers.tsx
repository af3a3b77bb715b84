import { tenth } from './layout.ts'
import type { MarkerShape } from './series-style.ts'

interface MarkerProps {
  readonly shape: MarkerShape
  readonly x: number
  readonly y: number
  readonly colour: string
  /** Half the width, in pixels. */
  readonly radius?: number
}

/** Corners relative to the middle, in radii; a circle has none. */
const corners: Record<Exclude<MarkerShape, 'circle'>, readonly (readonly [x: number, y: number])[]> = {
  square: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  triangle: [
    [0, -1.1],
    [1.1, 0.9],
    [-1.1, 0.9],
  ],
  diamond: [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  wedge: [
    [-1.1, -0.9],
    [1.1, -0.9],
    [0, 1.1],
  ],
  bar: [
    [-1.4, -0.5],
    [1.4, -0.5],
    [1.4, 0.5],
    [-1.4, 0.5],
  ],
}

/** A filled marker; all shapes have about the same size. */
export function Marker({ shape, x, y, colour, radius = 3 }: MarkerProps) {
  if (shape === 'circle') return <circle cx={tenth(x)} cy={tenth(y)} r={radius} fill={colour} />
  const points = corners[shape].map(([right, down]) => `${tenth(x + right * radius)},${tenth(y + down * radius)}`)
  return <polygon points={points.join(' ')} fill={colour} />
}

/** ✕ as a path, so that it looks the same with every font. */
export function Cross({ x, y, colour, radius = 3.5 }: Omit<MarkerProps, 'shape'>) {
  const [left, right, top, bottom] = [x - radius, x + radius, y - radius, y + radius].map(tenth)
  return (
    <path d={`M${left},${top}L${right},${bottom}M${left},${bottom}L${right},${top}`} stroke={colour} strokeWidth={2} />
  )
}
