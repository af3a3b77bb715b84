import { formatCount, formatRate, formatSize } from '../format.ts'
import type { FloodLoad, Load, OneWayLoad, Sweep } from './plan.ts'

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
  inFlight: {
    title: 'Over requests in flight',
    by: 'requests in flight',
    format: (count) => `${formatCount(count)} in flight`,
  },
}

/** The values of a sweep, in the order of its steps. */
export function valuesOf(sweep: Sweep): readonly number[] {
  switch (sweep.over) {
    case 'size':
      return sweep.sizes
    case 'rate':
      return sweep.rates
    case 'sockets':
      return sweep.sockets
    case 'inFlight':
      return sweep.inFlight
  }
}

/** The load of a step, given that of its run. */
export function loadOfStep({ over }: Sweep, load: Load, at: number): Load {
  if (load.model === 'flood' || load.model === 'one-way') return streamOfStep(over, load, at)
  if (over === 'rate') return { model: 'open', ratePerSecond: at }
  if (over === 'size' || load.model === 'open') return load
  return over === 'sockets' ? { ...load, concurrency: at } : { ...load, inFlight: at }
}

function streamOfStep(over: SweptOver, load: FloodLoad | OneWayLoad, at: number): Load {
  if (over === 'rate') return { ...load, ratePerSecond: at }
  if (over === 'size') return load.model === 'flood' ? load : { ...load, size: at }
  return over === 'sockets' && load.model === 'flood' ? { ...load, concurrency: at } : load
}

/** From the least to the greatest: `16 B to 1.00 KiB`, `1 to 64 sockets`. */
export function sweepInWords(sweep: Sweep): string {
  const { format } = sweepWords[sweep.over]
  const values = valuesOf(sweep)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return `${sweep.over === 'sockets' || sweep.over === 'inFlight' ? formatCount(least) : format(least)} to ${format(most)}`
}
