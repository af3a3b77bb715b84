import { useCallback, useRef, useState } from 'react'
import type { RemoteFrame } from '../../decoding/decoder.ts'
import { pieceRows, type TreePlace, type TreeRow } from '../../decoding/decoder-calls.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { report } from '../../report.ts'

/** The rows of a tree fetched so far. */
interface Lines {
  readonly total: number
  /** Includes outdated rows until they are fetched again after a change. */
  readonly rows: ReadonlyMap<number, TreeRow>
  /** The pieces that are up to date. */
  readonly fetched: ReadonlySet<number>
}

interface Tree extends Lines {
  /** Fetches these rows if needed. */
  need(from: number, to: number): void
  /** The row at an index, fetched if needed. */
  rowAt(index: number): Promise<TreeRow | undefined>
  toggle(row: TreeRow): Promise<TreePlace>
  /** Opens or closes a node and all below it. */
  expandAll(path: string, open: boolean): Promise<TreePlace>
  /** Expands all ancestors of a node. */
  reveal(path: string): Promise<TreePlace>
}

const indexed = (rows: readonly TreeRow[], from: number): ReadonlyMap<number, TreeRow> =>
  new Map(rows.map((row, index) => [from + index, row]))

/** A tree on a decoder thread; only the visible rows are transferred. */
export function useTree({ remote, opened }: OpenFrame): Tree {
  const [state, setState] = useState({ opened, version: 0, lines: first(opened) })
  const lines = state.opened === opened ? state.lines : first(opened)
  const version = state.opened === opened ? state.version : 0
  /** Pieces being fetched, so that none is requested twice. */
  const asked = useRef<{ version: number; opened: unknown; pieces: Set<number> }>({
    version,
    opened,
    pieces: new Set(),
  })
  if (asked.current.version !== version || asked.current.opened !== opened) {
    asked.current = { version, opened, pieces: new Set() }
  }

  const fetchPiece = useCallback(
    async (piece: number) => {
      if (asked.current.pieces.has(piece)) return
      asked.current.pieces.add(piece)
      const from = piece * pieceRows
      const rows = await remote.call('rows', { from, to: from + pieceRows })
      setState((before) => {
        if (before.version !== version && before.opened === opened) return before
        const known = before.opened === opened ? before.lines : first(opened)
        const lines = {
          ...known,
          rows: new Map([...known.rows, ...indexed(rows, from)]),
          fetched: new Set([...known.fetched, piece]),
        }
        return { opened, version, lines }
      })
    },
    [remote, opened, version],
  )

  /** Invalidates the rows after a node that was expanded or collapsed. */
  const settle = useCallback(
    (place: TreePlace): TreePlace => {
      setState((before) => {
        if (before.opened === opened && before.lines.total === place.total) return before
        const next = before.opened === opened ? before.version + 1 : 1
        // Keep old rows visible until they are replaced.
        const { rows } = before.opened === opened ? before.lines : first(opened)
        return { opened, version: next, lines: { total: place.total, rows, fetched: new Set() } }
      })
      return place
    },
    [opened],
  )

  return {
    ...lines,
    need(from, to) {
      for (let piece = Math.floor(from / pieceRows); piece * pieceRows < Math.min(to, lines.total); piece += 1) {
        if (!lines.fetched.has(piece)) fetchPiece(piece).catch(reportFor(remote))
      }
    },
    async rowAt(index) {
      const isFresh = lines.fetched.has(Math.floor(index / pieceRows))
      return isFresh ? lines.rows.get(index) : (await remote.call('rows', { from: index, to: index + 1 }))[0]
    },
    toggle: async ({ path, expanded }) => settle(await remote.call('toggle', { path, open: !expanded })),
    expandAll: async (path, open) => settle(await remote.call('expandAll', { path, open })),
    reveal: async (path) => settle(await remote.call('reveal', path)),
  }
}

const first = (opened: OpenFrame['opened']): Lines => ({
  total: opened.tree?.total ?? 0,
  rows: indexed(opened.tree?.rows ?? [], 0),
  fetched: new Set([0]),
})

/** A failure after the frame was disposed is irrelevant. */
const reportFor = (remote: RemoteFrame) => (thrown: unknown) => {
  if (!remote.disposed) report(thrown)
}
