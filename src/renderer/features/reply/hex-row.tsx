import type { Span } from '../../../shared/codecs/codec.ts'
import classes from './hex.module.css'

const hexOf = (value: number, count: number): string => value.toString(16).padStart(count, '0')
const pairOf = (byte: number): string => hexOf(byte, 2)
const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f
const characterOf = (byte: number): string => (isPrintable(byte) ? String.fromCharCode(byte) : '·')

interface CellsProps {
  /** The bytes of one row. */
  readonly row: Uint8Array
  /** Offset of the row's first byte. */
  readonly from: number
  readonly marked: Span
  readonly around: readonly Span[]
  readonly show: (byte: number) => string
  readonly gap: string
}

type Mark = 'marked' | 'around' | 'plain'

function markOf(offset: number, marked: Span, around: readonly Span[]): Mark {
  if (offset >= marked.start && offset < marked.end) return 'marked'
  return around.some(({ start, end }) => offset >= start && offset < end) ? 'around' : 'plain'
}

/** The bytes of a row, as hex pairs or characters, grouped by highlight. */
function Cells({ row, from, marked, around, show, gap }: CellsProps) {
  const runs: { mark: Mark; first: number; text: string }[] = []
  for (const [index, byte] of row.entries()) {
    const mark = markOf(from + index, marked, around)
    const last = runs.at(-1)
    if (last?.mark === mark) last.text += gap + show(byte)
    else runs.push({ mark, first: index, text: show(byte) })
  }
  return runs.map(({ mark, first, text }) => (
    <span key={first}>
      {first === 0 ? '' : gap}
      {mark === 'plain' ? text : <mark className={classes[mark]}>{text}</mark>}
    </span>
  ))
}

/** How many hex digits the offsets of so many bytes are shown with. */
export const offsetDigits = (size: number): number => (size <= 0x100_0000 ? 6 : 8)

interface HexRowProps {
  readonly bytes: Uint8Array
  readonly index: number
  /** Of the offset. */
  readonly digits: number
  readonly perRow: number
  /** In pixels. */
  readonly top: number
  readonly marked: Span
  readonly around: readonly Span[]
}

/** One row: offset, hex and characters. */
export function HexRow({ bytes, index, digits, perRow, top, marked, around }: HexRowProps) {
  const from = index * perRow
  const cells = { row: bytes.subarray(from, from + perRow), from, marked, around }
  return (
    <div className={classes.row} data-row={index} style={{ transform: `translateY(${top}px)` }}>
      <span className={classes.offset}>{hexOf(from, digits)}</span>
      {'  '}
      <span data-cells="hex" className={classes.pairs} style={{ width: `${perRow * 3 - 1}ch` }}>
        <Cells {...cells} show={pairOf} gap=" " />
      </span>
      {'  '}
      <span data-cells="characters">
        <Cells {...cells} show={characterOf} gap="" />
      </span>
    </div>
  )
}
