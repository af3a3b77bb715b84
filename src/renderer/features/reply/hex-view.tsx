import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, useEffect, useRef } from 'react'
import { useWidth } from '../../ui/use-width.ts'
import classes from './reply.module.css'

const rowHeight = 20
/** Below this width a row of 16 bytes would have to be scrolled sideways. */
const wideRowPixels = 560

const digits = (value: number, count: number): string => value.toString(16).padStart(count, '0')

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f

interface Span {
  readonly start: number
  readonly end: number
}

interface HexRowProps {
  readonly bytes: Uint8Array
  /** Of the row's first byte within `bytes`. */
  readonly from: number
  readonly length: number
  readonly marked: Span | undefined
}

const characterOf = (byte: number): string => (isPrintable(byte) ? String.fromCharCode(byte) : '·')

/** The bytes of a row, as pairs of digits or as characters, with those in the marked span marked. */
function Cells({
  bytes,
  from,
  length,
  marked,
  show,
  gap,
}: HexRowProps & Readonly<{ show: (byte: number) => string; gap: string }>) {
  const row = [...bytes.subarray(from, from + length)]
  const first = marked ? Math.max(0, marked.start - from) : 0
  const last = marked ? Math.min(row.length, marked.end - from) : 0
  const text = (cells: readonly number[]) => cells.map(show).join(gap)
  if (!marked || first >= last) return <>{text(row)}</>
  const before = text(row.slice(0, first))
  const after = text(row.slice(last))
  return (
    <>
      {before === '' ? '' : `${before}${gap}`}
      <mark className={classes.marked}>{text(row.slice(first, last))}</mark>
      {after === '' ? '' : `${gap}${after}`}
    </>
  )
}

interface HexViewProps {
  readonly bytes: Uint8Array
  /** The offset of the first byte within its frame. */
  readonly start: number
  readonly label: string
  /** Bytes to mark, as offsets into `bytes`. */
  readonly marked?: Span
  /** The person chose the byte at an offset into `bytes`, by a click or with the arrow keys. */
  readonly onPick?: (offset: number) => void
}

/** How far an arrow key goes, in bytes. */
function stepOf(key: string, perRow: number): number {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow }
  return steps[key] ?? 0
}

/** Every byte with its offset and, where it has one, its ASCII character. */
export function HexView({ bytes, start, label, marked, onPick }: HexViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  /** The byte that was picked last: where the arrow keys go on from. */
  const cursor = useRef(0)
  const perRow = useWidth(scroller) >= wideRowPixels ? 16 : 8
  const rows = useVirtualizer({
    count: Math.ceil(bytes.byteLength / perRow),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
  })
  const pick = (offset: number) => {
    cursor.current = Math.max(0, Math.min(bytes.byteLength - 1, offset))
    onPick?.(cursor.current)
  }
  const first = marked?.start
  useEffect(() => {
    if (first !== undefined) rows.scrollToIndex(Math.floor(first / perRow))
  }, [first, perRow, rows])
  return (
    <div
      ref={scroller}
      className={classes.hex}
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
      onKeyDown={(event) => {
        const step = stepOf(event.key, perRow)
        if (!onPick || step === 0) return
        event.preventDefault()
        pick(cursor.current + step)
      }}
    >
      <div className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => {
          const from = item.index * perRow
          const row = { bytes, from, length: perRow, marked }
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the keys are the view's, which holds the focus
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div
              key={item.key}
              className={classes.row}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={(event) => {
                const cell = onPick ? cellAt(event, perRow) : null
                if (cell !== null) pick(from + cell)
              }}
            >
              <span className={classes.offset}>{digits(start + from, 8)}</span>
              {'  '}
              <span data-cells="hex" className={classes.pairs} style={{ width: `${perRow * 3 - 1}ch` }}>
                <Cells {...row} show={(byte) => digits(byte, 2)} gap=" " />
              </span>
              {'  '}
              <span data-cells="characters">
                <Cells {...row} show={characterOf} gap="" />
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Which byte of a row was clicked: every character has the same width. Null beside the bytes. */
function cellAt(event: MouseEvent<HTMLElement>, perRow: number): number | null {
  const cells = event.target instanceof Element ? event.target.closest('[data-cells]') : null
  if (!cells) return null
  const { left, width } = cells.getBoundingClientRect()
  const share = (event.clientX - left) / width
  const shown = cells.getAttribute('data-cells') === 'hex' ? perRow : (cells.textContent?.length ?? 0)
  return Math.max(0, Math.min(shown - 1, Math.floor(share * shown)))
}
