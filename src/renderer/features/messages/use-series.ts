import { useEffect, useMemo, useRef, useState } from 'react'
import { reasonOf } from '../../../shared/reason.ts'
import type { SeriesPart } from '../../../shared/series/page.ts'
import {
  type PictureKind,
  type PlotSeries,
  pictureKinds,
  pictureOf,
  specOfSeries,
} from '../../../shared/series/series.ts'
import { call } from '../../api.ts'
import type { PlotView, Span } from '../../state/plot-store.ts'
import { useSchemas } from '../../state/schema-store.ts'
import { sessionStore } from '../../state/session-store.ts'

const askEveryMs = 100
/** What only scrolls is drawn again for each pixel, but no less often than this. */
const scrollEveryMs = 1000

/** What there is to draw. */
export interface Pictures {
  readonly parts: ReadonlyMap<string, SeriesPart>
  /** When that was, in milliseconds since the epoch. */
  readonly now: number
  /** Why there is nothing; null when there is something. */
  readonly problem: string | null
}

const nothing: Pictures = { parts: new Map(), now: 0, problem: null }

/** The part of the time that is shown. */
export const timeSpan = ({ spans, length }: PlotView, now: number): Span =>
  spans.arrival ?? { from: now - length, to: now }

/** The numbers of series as they come, while the window is seen. `columns`: how many pixels wide a picture is. */
export function useSeries(series: readonly PlotSeries[], view: PlotView, columns: number): Pictures {
  const [pictures, setPictures] = useState(nothing)
  const schema = useSchemas(({ state }) => state.version)
  const watched = useMemo(() => JSON.stringify([series.map(specOfSeries), schema]), [series, schema])
  /** Resolves when the series are watched as they are wanted. */
  const watching = useRef<Promise<void>>(Promise.resolve())

  // biome-ignore lint/correctness/useExhaustiveDependencies: `watched` says whether any of it is another
  useEffect(() => {
    watching.current = call('series.watch', { series: series.map(specOfSeries) })
    watching.current.catch((thrown: unknown) => setPictures({ ...nothing, problem: reasonOf(thrown) }))
  }, [watched])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `watched` says whether any series is another
  useEffect(() => {
    if (columns === 0) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let frame = 0
    let isOver = false
    let isAsking = false
    let askedAt = 0
    /** Whether it will be asked as soon as may be, and whether a session told of something meanwhile. */
    let isSoon = false
    let isWanted = false
    const known = new Map<PictureKind, number>()
    const parts = new Map<string, SeriesPart>()

    /** Whether anything of a kind of picture has changed. */
    const askFor = async (kind: PictureKind, now: number): Promise<boolean> => {
      const ids = series.filter((each) => pictureOf(each) === kind).map(({ id }) => id)
      if (ids.length === 0) return false
      const span = kind === 'arrival' ? timeSpan(view, now) : (view.spans[kind] ?? null)
      const page = await call('series.page', { ids, span, columns, known: known.get(kind) ?? null })
      if (!page) return false
      known.set(kind, page.version)
      for (const part of page.parts) parts.set(part.id, part)
      return true
    }
    const ask = async () => {
      isAsking = true
      isWanted = false
      askedAt = performance.now()
      let hasChanged = false
      let scrolls = false
      try {
        await watching.current
        const now = Date.now()
        const changes = await Promise.all(pictureKinds.map((kind) => askFor(kind, now)))
        if (isOver) return
        hasChanged = changes.some(Boolean)
        scrolls = !view.isHeld && [...parts.values()].some(({ newest }) => newest && newest.at > now - view.length)
        if (hasChanged || scrolls) setPictures({ parts: new Map(parts), now, problem: null })
      } catch (thrown) {
        if (!isOver) setPictures({ ...nothing, problem: reasonOf(thrown) })
      } finally {
        isAsking = false
      }
      if (isOver || document.hidden) return
      const readsEarlier = [...parts.values()].some((part) => part.readsEarlier)
      // What stands still changes only while earlier messages are being read.
      if (view.isHeld && !readsEarlier) return
      isSoon = hasChanged || readsEarlier || isWanted
      // Otherwise a session tells when something comes.
      if (isSoon) askIn(askEveryMs)
      else if (scrolls) askIn(Math.max(askEveryMs, Math.min(scrollEveryMs, view.length / columns)))
    }
    const stopWaiting = () => {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
    }
    const askIn = (milliseconds: number) => {
      stopWaiting()
      // No sooner than the last picture is drawn: a slow machine draws fewer.
      timer = setTimeout(() => {
        frame = requestAnimationFrame(() => void ask())
      }, milliseconds)
    }
    const onVisibility = () => {
      if (document.hidden || isAsking) return
      stopWaiting()
      void ask()
    }
    const onSession = () => {
      if (isAsking) isWanted = true
      else if (!isSoon && !view.isHeld && !document.hidden) {
        isSoon = true
        askIn(Math.max(0, askedAt + askEveryMs - performance.now()))
      }
    }
    void ask()
    document.addEventListener('visibilitychange', onVisibility)
    const unsubscribe = sessionStore.subscribe(onSession)
    return () => {
      isOver = true
      stopWaiting()
      unsubscribe()
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [watched, view, columns])

  return pictures
}
