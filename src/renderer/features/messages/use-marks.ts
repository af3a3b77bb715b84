import { useEffect, useState } from 'react'
import type { SeriesMark } from '../../../report/plots/series-scene.ts'
import { report } from '../../report.ts'
import { logStore } from '../../state/log-store.ts'
import { readPage } from '../../state/read-page.ts'
import { markWords } from './plot-marks.ts'

/** Events of a session that are read, the newest. */
const eventsRead = 1000
const readEveryMs = 1000

/** What happened to sessions, from the log, the newest last; read again when the log has grown. */
export function useMarks(sessions: readonly string[], isHeld: boolean): readonly SeriesMark[] {
  const [marks, setMarks] = useState<readonly SeriesMark[]>([])
  const key = sessions.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: those of other sessions are no marks here
  useEffect(() => setMarks([]), [key])
  useEffect(() => {
    const wanted = key === '' ? [] : key.split('\n')
    const read = new Map<string, { readonly lastId: number; readonly marks: readonly SeriesMark[] }>()
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let readTo = -1
    let isReading = false
    const readAll = async () => {
      timer = undefined
      isReading = true
      readTo = logStore.getState().status?.lastId ?? 0
      let hasMore = false
      for (const session of wanted) {
        const before = read.get(session)
        const filter = { text: '', kind: 'event', hides: [], session } as const
        const place = before ? { afterId: before.lastId, beforeId: null } : { afterId: null, beforeId: null }
        const rows = await readPage({ filter, sort: null, ...place, limit: eventsRead }, () => !isOver)
        const found = rows.flatMap((row) => {
          const words = markWords(row)
          return words === null ? [] : [{ x: row.at, words }]
        })
        hasMore ||= found.length > 0
        read.set(session, {
          lastId: rows.at(-1)?.id ?? before?.lastId ?? 0,
          marks: [...(before?.marks ?? []), ...found].slice(-eventsRead),
        })
      }
      isReading = false
      if (isOver) return
      if (hasMore) setMarks([...read.values()].flatMap((each) => each.marks))
      look()
    }
    const look = () => {
      if (isOver || isReading || timer !== undefined || wanted.length === 0) return
      const lastId = logStore.getState().status?.lastId ?? 0
      if (lastId === readTo || (isHeld && readTo >= 0)) return
      timer = setTimeout(() => readAll().catch(report), readTo < 0 ? 0 : readEveryMs)
    }
    look()
    const unsubscribe = logStore.subscribe(look)
    return () => {
      isOver = true
      clearTimeout(timer)
      unsubscribe()
    }
  }, [key, isHeld])
  return marks
}
