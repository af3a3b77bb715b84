import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** A message of more frames shows each in one line, until it is opened. */
export const fewFrames = 12

/** The frames of drafts that were opened, by their ids. */
const openFrames = createStore<{ readonly open: ReadonlySet<string> }>()(() => ({ open: new Set() }))

export const useOpenFrames = (): ReadonlySet<string> => useStore(openFrames, ({ open }) => open)

/** Opens or folds frames of a draft, where these are many. */
export function setFramesOpen(ids: readonly string[], isOpen: boolean): void {
  openFrames.setState(({ open }) => {
    const next = new Set(open)
    for (const id of ids) {
      if (isOpen) next.add(id)
      else next.delete(id)
    }
    return { open: next }
  })
}
