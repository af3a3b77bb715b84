import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Notice } from '../../shared/contract/index.ts'

export const noticeStore = createStore<readonly Notice[]>()(() => [])

export const useNotices = (): readonly Notice[] => useStore(noticeStore)

/** A notice takes the place of the earlier one with its id. */
export function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  const earlier = notices.find(({ id }) => id === notice.id)
  if (!earlier) return [...notices, notice]
  // It may have been among all notices already.
  if (earlier.title === notice.title && earlier.text === notice.text) return notices
  return notices.map((each) => (each === earlier ? notice : each))
}

/** Takes all notices of the host. Those that are not among them are newer, or the window's own. */
export function withAllNotices(before: readonly Notice[], notices: readonly Notice[]): readonly Notice[] {
  const known = new Set(notices.map(({ id }) => id))
  return [...notices, ...before.filter(({ id }) => !known.has(id))]
}

/** The host's notice ids count up from one, the window's own count down. */
let nextOwnNotice = -1

/** Shows a failure that belongs to no control. The same words are shown once. */
export function addOwnNotice({ title, text }: Pick<Notice, 'title' | 'text'>): void {
  const notices = noticeStore.getState()
  if (notices.some((notice) => notice.title === title && notice.text === text)) return
  noticeStore.setState([...notices, { id: nextOwnNotice, level: 'error', title, text }], true)
  nextOwnNotice -= 1
}
