import { lazy } from 'react'

/** Loaded with the first reply. */
export const ReplyMenu = lazy(async () => ({ default: (await import('./reply-menu.tsx')).ReplyMenu }))

/** Loaded with the first record that is opened from a list. */
export const RecordMenu = lazy(async () => ({ default: (await import('./record-menu.tsx')).RecordMenu }))
