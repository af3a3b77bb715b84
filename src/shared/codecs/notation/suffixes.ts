import { roundToWidth } from '../wire/floats.ts'
import type { FloatWidth, Width } from '../wire/value.ts'
import { shorten } from './words.ts'

/** The width that a suffix stands for, among `widths`; otherwise a message. */
export function widthOfSuffix<Wide extends Width>(
  suffix: string,
  widths: Readonly<Record<string, Wide>>,
): Wide | string {
  const width = widths[suffix]
  if (width !== undefined && Object.hasOwn(widths, suffix)) return width
  const known = Object.keys(widths)
  const last = known.at(-1)
  const list = known.length > 1 ? `${known.slice(0, -1).join(', ')} or ${last}` : last
  return `cannot have the suffix ${shorten(suffix)}: write ${list}, or none`
}

export const allWidths = { _0: 1, _1: 2, _2: 4, _3: 8 } as const

/** The number in a float format of `width` bytes; a string when it would become zero or infinite. */
export function floatOfWidth(value: number, width: FloatWidth): number | string {
  const rounded = roundToWidth(value, width)
  if (Number.isFinite(value) && !Number.isFinite(rounded)) return `is larger than a ${width * 8}-bit float can hold`
  if (value !== 0 && rounded === 0) return `is smaller than a ${width * 8}-bit float can hold`
  return rounded
}

/** Says that a size or integer needs more bytes than the suffix gives. */
export function misfit(width: Width, suffix: string): string {
  return `does not fit in ${width} ${width === 1 ? 'byte' : 'bytes'} (${suffix})`
}
