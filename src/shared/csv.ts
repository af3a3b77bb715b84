/** A number as it is written in decimal digits. */
const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** A text as a cell of CSV (RFC 4180), in quotes. */
export function csvText(text: string): string {
  // A spreadsheet would evaluate these as formulas.
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${inert.replaceAll('"', '""')}"`
}

/** A value as a cell: numbers, true and false as they are, whatever their type is; nothing for null. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return ''
  return typeof value === 'string' && !number.test(value) ? csvText(value) : String(value)
}
