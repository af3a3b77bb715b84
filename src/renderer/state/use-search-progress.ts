import { useEffect, useRef, useState } from 'react'
import type { LogCount, LogFilter } from '../../shared/transcript/query.ts'

/** A search that ends sooner is not worth a word. In milliseconds. */
const shownAfterMs = 250

/** How far a search has come. */
export interface SearchProgress {
  /** From 0 to 1. */
  readonly part: number
  /** Records that it looks at in a second. */
  readonly perSecond: number
}

/** How far the search that a count belongs to has come; null while there is nothing to tell. */
export function useSearchProgress(filter: LogFilter, count: LogCount | null): SearchProgress | null {
  const begun = useRef<{ readonly filter: LogFilter; readonly at: number; readonly looked: number } | null>(null)
  const [shown, setShown] = useState<SearchProgress | null>(null)
  const progress = count?.progress
  useEffect(() => {
    if (!progress) {
      begun.current = null
      setShown(null)
      return
    }
    const now = performance.now()
    if (begun.current?.filter !== filter) begun.current = { filter, at: now, looked: progress.looked }
    const { at, looked } = begun.current
    if (now - at < shownAfterMs) return
    setShown({
      part: progress.of > 0 ? progress.looked / progress.of : 1,
      perSecond: ((progress.looked - looked) / (now - at)) * 1000,
    })
  }, [filter, progress])
  return progress ? shown : null
}
