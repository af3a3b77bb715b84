import type { Width } from '../wire/value.ts'

/** Kinds with a length or count in their head. */
export type Sized = 'text' | 'bytes' | 'extension' | 'array' | 'map'

/** The smallest width for the length or count; 0 when it fits in the first byte. */
export function shortestSize(kind: Sized, size: number): Width {
  if (fitsFirstByte(kind, size)) return 0
  // Containers have no form with a one-byte count.
  if (size < 0x100 && kind !== 'array' && kind !== 'map') return 1
  return size < 0x10000 ? 2 : 4
}

function fitsFirstByte(kind: Sized, size: number): boolean {
  switch (kind) {
    case 'text':
      return size < 32
    case 'bytes':
      return false
    case 'extension':
      return size === 1 || size === 2 || size === 4 || size === 8 || size === 16
    case 'array':
    case 'map':
      return size < 16
  }
}

export interface IntegerForm {
  readonly width: Width
  readonly signed: boolean
}

/** The shortest form for the integer, unsigned from zero up; undefined beyond 64 bits. */
export function shortestInteger(value: number | bigint): IntegerForm | undefined {
  if (value >= -0x20 && value < 0x80) return { width: 0, signed: value < 0 }
  const signed = value < 0
  for (const width of [1, 2, 4, 8] as const) {
    if (fitsForm(value, { width, signed })) return { width, signed }
  }
  return undefined
}

/** Whether the integer fits a form other than fixint. */
export function fitsForm(value: number | bigint, { width, signed }: IntegerForm): boolean {
  const bits = BigInt(width * 8)
  if (signed) return value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n)
  return value >= 0 && value < 1n << bits
}
