import { NumberArray, usualArrayForm } from './array/elements.ts'
import { CodecError, type View } from './codec.ts'
import { viewFacts } from './facts.ts'

/** More rows than this, as text, would exhaust memory. */
const mostRows = 2 ** 22

/** Numbers in a row, as numpy, GNU Radio and C structs send them. The text has a line for each row of the table. */
export const array: View = {
  ...viewFacts.array,
  decode(bytes, { array: form = usualArrayForm } = {}) {
    const numbers = new NumberArray(bytes, form)
    if (numbers.count === 0) {
      throw new CodecError('decode-failed', `Cut short: ${form.type} needs more bytes`, 0, bytes.length)
    }
    if (numbers.rows > mostRows) throw new CodecError('decode-failed', 'Too many rows for a text', 0, bytes.length)
    return Array.from({ length: numbers.rows }, (_, row) => numbers.row(row).join(', ')).join('\n')
  },
}
