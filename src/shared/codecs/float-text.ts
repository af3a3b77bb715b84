/** The fewest digits that identify the number among 32-bit floats. */
export function singleText(value: number): string {
  if (Object.is(value, -0)) return '-0'
  for (let digits = 6; digits < 9; digits += 1) {
    const text = String(Number(value.toPrecision(digits)))
    if (Math.fround(Number(text)) === value) return text
  }
  return String(value)
}

/** The fewest digits that identify the number among 64-bit floats. */
export const doubleText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))
