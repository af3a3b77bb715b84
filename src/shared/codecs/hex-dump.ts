import { CodecError } from './codec.ts'

/** A line of a dump: where it is in the text, its offset in the data, and its bytes as digits and spaces. */
interface DumpLine {
  readonly place: number
  readonly offset: number
  readonly digits: string
}

/** `00000000: 4865 6c6c  Hell`, as xxd writes. The text behind two spaces is the bytes again. */
const xxdLine = /^ *([0-9a-f]{4,16}): ((?:[0-9a-f]{2,} ?)+)(?: .*)?$/i
/** `00000000  48 65 6c 6c  |Hell|`, as `hexdump -C` writes; the last line is the length alone. */
const hexdumpLine = /^([0-9a-f]{7,16})(?: {2}((?:[0-9a-f]{2} {1,2}){1,16}) *\|.*)?$/i
/** Stands for lines like the one before. */
const sameAgain = '*'

/** The bytes of a dump by xxd or `hexdump -C`; null for another text. Throws `CodecError` where it is not whole. */
export function readHexDump(text: string): Uint8Array | null {
  // Most texts are none, and long ones take long to take apart.
  const [first = ''] = /^[ \t\r\n]*[^\r\n]{0,200}/.exec(text) ?? []
  const form = [xxdLine, hexdumpLine].find((each) => each.test(first.trim()))
  return form ? readLines(text, form) : null
}

function readLines(text: string, form: RegExp): Uint8Array | null {
  const bytes: number[] = []
  let first: DumpLine | undefined
  let repeats = false
  let rowStart = 0
  let place = 0
  for (const whole of text.split('\n')) {
    const line = whole.replace(/\r$/, '')
    const read = line.trim() === '' || line.trim() === sameAgain ? null : readLine(line, place, form)
    if (read === undefined) return null
    if (read) {
      if (!first && read.digits === '') return null
      first ??= read
      const at = read.offset - first.offset
      if (repeats) repeatRow(bytes, rowStart, at, read)
      repeats = false
      if (at !== bytes.length) throw gap(read, first.offset + bytes.length)
      rowStart = bytes.length
      for (let index = 0; index < read.digits.length; index += 2) {
        bytes.push(Number.parseInt(read.digits.slice(index, index + 2), 16))
      }
    } else if (line.trim() === sameAgain) {
      if (!first) return null
      repeats = true
    }
    place += whole.length + 1
  }
  return first ? Uint8Array.from(bytes) : null
}

/** Undefined when the line is not of this form. */
function readLine(line: string, place: number, form: RegExp): DumpLine | undefined {
  const [, offset, groups = ''] = form.exec(line) ?? []
  if (offset === undefined) return undefined
  const digits = groups.replaceAll(' ', '')
  return digits.length % 2 === 0 ? { place, offset: Number.parseInt(offset, 16), digits } : undefined
}

/** Fills what a `*` stands for, up to the next line. */
function repeatRow(bytes: number[], rowStart: number, end: number, next: DumpLine): void {
  const row = bytes.slice(rowStart)
  if (row.length === 0 || end < bytes.length || end > mostBytes) throw gap(next, bytes.length)
  while (bytes.length < end) bytes.push(...row.slice(0, end - bytes.length))
}

/** A few characters can stand for any number of bytes. */
const mostBytes = 64 * 1024 * 1024

const gap = ({ place, offset }: DumpLine, expected: number): CodecError =>
  new CodecError(
    'encode-failed',
    `This line of a dump begins at ${hexOffset(offset)}, and should at ${hexOffset(expected)}`,
    place,
  )

const hexOffset = (offset: number): string => `0x${offset.toString(16)}`
