import { formatCount } from '../../shared/format.ts'
import { stretchLabel } from './labels.ts'
import { tenth } from './layout.ts'
import { Cross, Marker } from './markers.tsx'
import { textWidth, toBaseline } from './plot-text.ts'
import { lossWords, type Stretch } from './timeline-data.ts'

/** Height of a row of marks, in pixels. */
export const lossRowHeight = 16
/** Marks closer than this, in pixels, are merged. */
const leastDistance = 15
const toLabel = 7

/** Requests without a reply in adjacent intervals. */
export interface Loss {
  /** In pixels. */
  readonly x: number
  readonly count: number
  readonly fromMs: number
  readonly toMs: number
}

/** The losses of one kind, merged where their marks would touch. */
export function lossesOf(
  stretches: readonly Stretch[],
  kind: 'timedOut' | 'failed',
  place: (milliseconds: number) => number,
): readonly Loss[] {
  const losses: Loss[] = []
  for (const stretch of stretches) {
    const count = stretch[kind]
    if (count === 0) continue
    const loss = { x: place((stretch.fromMs + stretch.toMs) / 2), count, fromMs: stretch.fromMs, toMs: stretch.toMs }
    const before = losses.at(-1)
    if (before && loss.x - before.x < leastDistance) {
      losses[losses.length - 1] = { ...before, count: before.count + count, toMs: stretch.toMs }
    } else {
      losses.push(loss)
    }
  }
  return losses
}

interface LossRowProps {
  readonly losses: readonly Loss[]
  readonly kind: 'timedOut' | 'failed'
  /** The middle of the row. */
  readonly y: number
  /** Where the row ends, in pixels. */
  readonly right: number
  readonly colour: string
}

/** A row of marks at the top of a timeline, each with its count where it fits and a tooltip. */
export function LossRow({ losses, kind, y, right, colour }: LossRowProps) {
  return (
    <g fill={colour}>
      {losses.map(({ x, count, fromMs, toMs }, index) => {
        const label = formatCount(count)
        const room = (losses[index + 1]?.x ?? right + toLabel) - toLabel - (x + toLabel)
        return (
          <g key={x}>
            <title>{`${lossWords[kind](count)} at ${stretchLabel(fromMs, toMs - fromMs)}`}</title>
            {kind === 'timedOut' ? (
              <Cross x={x} y={y} colour={colour} />
            ) : (
              <Marker shape="triangle" x={x} y={y} colour={colour} radius={3.5} />
            )}
            {textWidth(label) <= room ? (
              <text x={tenth(x + toLabel)} y={tenth(y + toBaseline)}>
                {label}
              </text>
            ) : null}
          </g>
        )
      })}
    </g>
  )
}
