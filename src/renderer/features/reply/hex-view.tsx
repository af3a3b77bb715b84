import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { useWidth } from '../../ui/use-width.ts'
import classes from './reply.module.css'

const rowHeight = 20
/** Below this width a row of 16 bytes would have to be scrolled sideways. */
const wideRowPixels = 560

const digits = (value: number, count: number): string => value.toString(16).padStart(count, '0')

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f

function rowOf(bytes: Uint8Array, from: number, length: number): { hex: string; characters: string } {
  const row = [...bytes.subarray(from, from + length)]
  const pairs = row.map((byte) => digits(byte, 2))
  return {
    hex: pairs.join(' ').padEnd(length * 3 - 1),
    characters: row.map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '·')).join(''),
  }
}

interface HexViewProps {
  readonly bytes: Uint8Array
  /** The offset of the first byte within its frame. */
  readonly start: number
  readonly label: string
}

/** Every byte with its offset and, where it has one, its ASCII character. */
export function HexView({ bytes, start, label }: HexViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const perRow = useWidth(scroller) >= wideRowPixels ? 16 : 8
  const rows = useVirtualizer({
    count: Math.ceil(bytes.byteLength / perRow),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <div ref={scroller} className={classes.hex} role="region" aria-label={label} tabIndex={0}>
      <div className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => {
          const { hex, characters } = rowOf(bytes, item.index * perRow, perRow)
          return (
            <div key={item.key} className={classes.row} style={{ transform: `translateY(${item.start}px)` }}>
              <span className={classes.offset}>{digits(start + item.index * perRow, 8)}</span>
              {`  ${hex}  ${characters}`}
            </div>
          )
        })}
      </div>
    </div>
  )
}
