import { InspectorError } from '../errors.ts'
import { formatSize } from '../format.ts'
import { decodeUtf8, firstInvalidUtf8 } from '../utf8.ts'

/** A line of a small text file that people write by hand. */
export interface FileLine {
  /** From 1 on. */
  readonly number: number
  readonly text: string
}

const lineFeed = 0x0a

/** What is wrong with a line. `reason` must not repeat the line where it may hold a secret. */
export const refusedAt = (line: number, reason: string): InspectorError =>
  new InspectorError('invalid-argument', `Line ${line}: ${reason}.`, { line })

/**
 * The lines of a file in UTF-8, with any line breaks, and with or without a byte order mark. `what` names the file.
 * Throws `InspectorError`: `too-large` for more than `maximumBytes`, `invalid-argument` for what is no UTF-8.
 */
export function fileLines(bytes: Uint8Array, maximumBytes: number, what: string): readonly FileLine[] {
  if (bytes.byteLength > maximumBytes) {
    throw new InspectorError('too-large', `A ${what} has ${formatSize(maximumBytes)} at most.`, { maximumBytes })
  }
  const text = decodeUtf8(bytes)
  if (text === undefined) {
    const before = bytes.subarray(0, firstInvalidUtf8(bytes))
    throw refusedAt(
      before.reduce((line, byte) => line + (byte === lineFeed ? 1 : 0), 1),
      'it is no text in UTF-8',
    )
  }
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  return lines.map((line, index) => ({ number: index + 1, text: line }))
}
