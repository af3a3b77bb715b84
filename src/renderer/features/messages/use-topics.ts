import { useEffect, useRef, useState } from 'react'
import { reasonOf } from '../../../shared/reason.ts'
import type { TopicKey } from '../../../shared/topics/key.ts'
import { mostParts, rootNode, type TopicPage, type TopicRow } from '../../../shared/topics/page.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import type { TopicsView } from '../../state/topic-views.ts'

const askEveryMs = 250
/** Rows of one node that are asked for, until more of them are wanted. */
const rowsAtOnce = 500

/** A line of the tree. */
export type TopicLine =
  | { readonly kind: 'node'; readonly row: TopicRow; readonly level: number; readonly isOpen: boolean }
  /** There are more rows below the node. */
  | { readonly kind: 'more'; readonly parent: number; readonly level: number; readonly left: number }
  /** Topics that were let go. */
  | {
      readonly kind: 'folded'
      readonly parent: number
      readonly level: number
      readonly topics: number
      readonly count: number
    }

interface Topics {
  readonly page: TopicPage | null
  /** Since when its messages are counted, in milliseconds since the epoch; null until that is known. */
  readonly since: number | null
  readonly lines: readonly TopicLine[]
  /** Why there is no tree; null when there is one. */
  readonly problem: string | null
  more(parent: number): void
}

function linesOf(page: TopicPage, opened: ReadonlySet<number>): readonly TopicLine[] {
  const parts = new Map(page.parts.map((part) => [part.parent, part]))
  const lines: TopicLine[] = []
  const add = (parent: number, level: number): void => {
    const part = parts.get(parent)
    if (!part) return
    for (const row of part.rows) {
      const isOpen = row.children > 0 && opened.has(row.id)
      lines.push({ kind: 'node', row, level, isOpen })
      if (isOpen) add(row.id, level + 1)
    }
    const left = part.total - part.rows.length
    if (left > 0) lines.push({ kind: 'more', parent, level, left })
    const { topics, count } = part.folded
    if (topics > 0) lines.push({ kind: 'folded', parent, level, topics, count })
  }
  add(rootNode, 1)
  return lines
}

/** What a socket receives, by topics, as it comes. `isOpen`: whether its session is there. */
export function useTopics(sessionId: string, key: TopicKey, view: TopicsView, isOpen: boolean): Topics {
  const [page, setPage] = useState<TopicPage | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [since, setSince] = useState<number | null>(null)
  const [limits, setLimits] = useState<ReadonlyMap<number, number>>(new Map())
  const { separator, sort, descending, filter, opened } = view
  const watched = JSON.stringify([sessionId, key, separator, isOpen])
  /** Resolves when the session is watched as it is wanted. */
  const watching = useRef<Promise<unknown>>(Promise.resolve())

  // biome-ignore lint/correctness/useExhaustiveDependencies: `watched` says whether any of it is another
  useEffect(() => {
    setProblem(null)
    if (!isOpen) return
    watching.current = call('topics.watch', { sessionId, key, separator }).then(
      (start) => setSince(start.since),
      (thrown: unknown) => setProblem(reasonOf(thrown)),
    )
  }, [watched])

  useEffect(() => {
    if (!isOpen) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    let known: number | null = null
    const parts = [rootNode, ...opened]
      .slice(0, mostParts)
      .map((parent) => ({ parent, offset: 0, limit: limits.get(parent) ?? rowsAtOnce }))
    const ask = async () => {
      try {
        await watching.current
        const next = await call('topics.page', { sessionId, sort, descending, filter, parts, known })
        if (isOver) return
        if (next) {
          known = next.version
          setPage(next)
        }
      } catch (thrown) {
        if (!isOver) setProblem(reasonOf(thrown))
      }
      if (!isOver) timer = setTimeout(() => void ask(), askEveryMs)
    }
    void ask()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [sessionId, sort, descending, filter, opened, limits, isOpen])

  useEffect(
    () => () => {
      call('topics.stop', { sessionId }).catch(report)
    },
    [sessionId],
  )

  return {
    page,
    since,
    lines: page ? linesOf(page, opened) : [],
    problem,
    more: (parent) =>
      setLimits((before) => new Map(before).set(parent, (before.get(parent) ?? rowsAtOnce) + rowsAtOnce)),
  }
}
