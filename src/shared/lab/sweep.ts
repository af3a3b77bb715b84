import { formatCount, formatRate, formatSize } from '../format.ts'
import type { Load, Sweep } from './plan.ts'

export type SweptOver = Sweep['over']

interface SweepWords {
  /** The title of its curve. */
  readonly title: string
  /** What its steps differ by. */
  readonly by: string
  /** A value of it: `4 KiB`. */
  format(value: number): string
}

const socketsInWords = (count: number): string => `${formatCount(count)} ${count === 1 ? 'socket' : 'sockets'}`

/** What can be swept over: a row for each. */
export const sweepWords: Readonly<Record<SweptOver, SweepWords>> = {
  size: { title: 'Over message sizes', by: 'size of the message', format: formatSize },
  rate: { title: 'Over rates', by: 'rate', format: formatRate },
  sockets: { title: 'Over numbers of sockets', by: 'number of sockets', format: socketsInWords },
}

/** The values of a sweep, in the order of its steps. */
export function valuesOf(sweep: Sweep): readonly number[] {
  if (sweep.over === 'size') return sweep.sizes
  return sweep.over === 'rate' ? sweep.rates : sweep.sockets
}

/** The load of a step, where the sweep says it; null where all steps have that of the run. */
export function loadOfStep({ over }: Sweep, at: number): Load | null {
  if (over === 'size') return null
  return over === 'rate' ? { model: 'open', ratePerSecond: at } : { model: 'closed', concurrency: at }
}

/** From the least to the greatest: `16 B to 1.00 KiB`, `1 to 64 sockets`. */
export function sweepInWords(sweep: Sweep): string {
  const { format } = sweepWords[sweep.over]
  const values = valuesOf(sweep)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return `${sweep.over === 'sockets' ? formatCount(least) : format(least)} to ${format(most)}`
}
