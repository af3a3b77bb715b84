import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import type { Span } from '../../../shared/codecs/codec.ts'
import { compactHex } from '../../../shared/codecs/hex.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { useSettings } from '../../state/settings-store.ts'
import { rowHeightStyle } from '../../ui/row-height.ts'
import { useTallRows } from '../../ui/use-tall-rows.ts'
import { useWidth } from '../../ui/use-width.ts'
import classes from './hex.module.css'
import { HexRow, offsetDigits } from './hex-row.tsx'

/** How wide a character of the widest usual monospace font is, in parts of its size. */
const characterWidth = 0.6025
/** The characters of a row of 16 bytes after its offset: as pairs, as text, and the gaps. */
const wideRowCharacters = 67

interface HexViewProps {
  readonly bytes: Uint8Array
  readonly label: string
  readonly selection: Span
  /** What contains the selection; highlighted less strongly. */
  readonly around: readonly Span[]
  readonly onSelect: (selection: Span) => void
}

/** How far a key moves the end of the selection, in bytes; null for other keys. */
function stepOf(key: string, perRow: number, perPage: number, size: number): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -perRow,
    ArrowDown: perRow,
    PageUp: -perPage,
    PageDown: perPage,
    Home: -size,
    End: size,
  }
  return steps[key] ?? null
}

/** The row and cell under the pointer: all characters have the same width. Null beside the bytes. */
function cellAt(event: PointerEvent, perRow: number): { row: number; cell: number } | null {
  const target = document.elementFromPoint(event.clientX, event.clientY)
  const cells = target?.closest('[data-cells]')
  const row = Number(target?.closest('[data-row]')?.getAttribute('data-row') ?? Number.NaN)
  if (!cells || Number.isNaN(row)) return null
  const { left, width } = cells.getBoundingClientRect()
  const shown = cells.getAttribute('data-cells') === 'hex' ? perRow : (cells.textContent?.length ?? 0)
  const cell = Math.floor(((event.clientX - left) / width) * shown)
  return { row, cell: Math.max(0, Math.min(shown - 1, cell)) }
}

/** Every byte with its offset and, if printable, its ASCII character. Bytes can be selected and copied. */
export function HexView({ bytes, label, selection, around, onSelect }: HexViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  /** The selection spans anchor to cursor, inclusive. */
  const anchor = useRef(0)
  const cursor = useRef(0)
  const dragging = useRef(false)
  const size = bytes.byteLength
  const fontSize = useSettings(({ messageFontSize }) => messageFontSize)
  const rowHeight = Math.round((fontSize * 20) / 13)
  const digits = offsetDigits(size)
  // Narrower views would scroll sideways.
  const perRow = useWidth(scroller) >= (digits + wideRowCharacters) * characterWidth * (fontSize - 1) ? 16 : 8
  const rows = useTallRows(scroller, Math.ceil(size / perRow), rowHeight)
  const { show } = rows

  const select = (to: number, extend: boolean) => {
    cursor.current = Math.max(0, Math.min(size - 1, to))
    if (!extend) anchor.current = cursor.current
    show(Math.floor(cursor.current / perRow))
    onSelect({
      start: Math.min(anchor.current, cursor.current),
      end: Math.max(anchor.current, cursor.current) + 1,
    })
  }
  const point = (event: PointerEvent, extend: boolean) => {
    const at = cellAt(event, perRow)
    if (at) select(at.row * perRow + at.cell, extend)
  }
  const { start, end } = selection
  useEffect(() => {
    // Selected elsewhere (in the tree or by a search): continue from there.
    const isOwn =
      Math.min(anchor.current, cursor.current) === start && Math.max(anchor.current, cursor.current) === end - 1
    if (isOwn) return
    anchor.current = start
    cursor.current = Math.max(start, end - 1)
    show(Math.floor(start / perRow))
  }, [start, end, perRow, show])

  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'c') {
      event.preventDefault()
      call('clipboard.write', { text: compactHex(bytes.subarray(start, end)) }).catch(report)
      return
    }
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
      event.preventDefault()
      anchor.current = 0
      cursor.current = size - 1
      onSelect({ start: 0, end: size })
      return
    }
    const perPage = perRow * Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const step = stepOf(event.key, perRow, perPage, size)
    if (step === null || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    select(cursor.current + step, event.shiftKey)
  }
  const indexes = Array.from({ length: Math.max(0, rows.to - rows.from) }, (_, index) => rows.from + index)
  return (
    <div
      ref={scroller}
      className={classes.hex}
      style={rowHeightStyle(rowHeight)}
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        dragging.current = true
        point(event, event.shiftKey)
      }}
      onPointerMove={(event) => {
        // Ignore drags that began elsewhere.
        dragging.current &&= event.buttons === 1
        if (dragging.current) point(event, true)
      }}
    >
      <div className={classes.rows} style={{ height: rows.height }}>
        {indexes.map((index) => (
          <HexRow
            key={index}
            bytes={bytes}
            index={index}
            digits={digits}
            perRow={perRow}
            top={rows.topOf(index)}
            marked={selection}
            around={around}
          />
        ))}
      </div>
    </div>
  )
}
