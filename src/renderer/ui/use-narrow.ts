import { useSyncExternalStore } from 'react'

/** Below this width, in pixels of the page, things stand one below the other: global.css has the same number. */
const narrow = window.matchMedia('(max-width: 720px)')

/** Whether the window is too narrow for parts side by side: it is small, or zoomed in far. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      narrow.addEventListener('change', changed)
      return () => narrow.removeEventListener('change', changed)
    },
    () => narrow.matches,
  )
}
