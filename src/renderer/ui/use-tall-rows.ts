import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Browsers lay out at most about 33 million pixels; longer lists map the scroll bar to a larger range. */
const maximumHeight = 15_000_000

interface TallRows {
  /** Height of the scrolled content, in pixels. */
  readonly height: number
  /** Indexes of the rows to draw, end exclusive. */
  readonly from: number
  readonly to: number
  /** Where to draw a row, in pixels from the top of the content. */
  topOf(index: number): number
  /** Scrolls just enough to show the row. */
  show(index: number): void
}

/** The visible rows of a list of any length, each `rowHeight` pixels high. */
export function useTallRows(scroller: RefObject<HTMLDivElement | null>, count: number, rowHeight: number): TallRows {
  const [view, setView] = useState({ top: 0, scrollTop: 0, height: 0 })
  const current = useRef(view)
  current.current = view
  /** The scroll position set by this hook: its event brings no news. */
  const expected = useRef<number | null>(null)
  const total = count * rowHeight
  const height = Math.min(total, maximumHeight)
  const isScaled = total > height

  const goTo = useCallback(
    (top: number) => {
      const element = scroller.current
      if (!element) return
      const { clientHeight } = element
      const last = Math.max(0, count - clientHeight / rowHeight)
      const next = Math.max(0, Math.min(last, top))
      const share = last === 0 ? 0 : next / last
      element.scrollTop = isScaled ? share * (height - clientHeight) : next * rowHeight
      expected.current = element.scrollTop
      setView({ top: next, scrollTop: element.scrollTop, height: clientHeight })
    },
    [scroller, count, rowHeight, isScaled, height],
  )

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const read = () => {
      const { scrollTop, clientHeight } = element
      if (expected.current === scrollTop && current.current.height === clientHeight) return
      expected.current = null
      const last = Math.max(0, count - clientHeight / rowHeight)
      const top = isScaled ? (scrollTop / Math.max(1, height - clientHeight)) * last : scrollTop / rowHeight
      setView({ top, scrollTop, height: clientHeight })
    }
    // The wheel scrolls as far as in any other list, whatever range the scroll bar covers.
    const turn = (event: WheelEvent) => {
      if (!isScaled || event.ctrlKey || event.deltaY === 0) return
      event.preventDefault()
      goTo(current.current.top + event.deltaY / rowHeight)
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(element)
    element.addEventListener('scroll', read, { passive: true })
    element.addEventListener('wheel', turn, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', read)
      element.removeEventListener('wheel', turn)
    }
  }, [scroller, count, rowHeight, isScaled, height, goTo])

  // A shorter list may end above the current position.
  useEffect(() => {
    if (current.current.top > count) goTo(0)
  }, [count, goTo])

  const show = useCallback(
    (index: number) => {
      const { top } = current.current
      const rows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight))
      if (index < top) goTo(index)
      else if (index + 1 > top + rows) goTo(index + 1 - rows)
    },
    [scroller, rowHeight, goTo],
  )

  const overscan = 8
  const first = Math.floor(view.top)
  return {
    height,
    from: Math.max(0, first - overscan),
    to: Math.min(count, first + Math.ceil(view.height / rowHeight) + 1 + overscan),
    topOf: (index) => view.scrollTop + (index - view.top) * rowHeight,
    show,
  }
}
