import { useSyncExternalStore } from 'react'

/** Makes a hook that matches a media query. */
function mediaHook(query: string): () => boolean {
  const media = window.matchMedia(query)
  const subscribe = (changed: () => void) => {
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }
  return () => useSyncExternalStore(subscribe, () => media.matches)
}

/** Whether there is no room for the sidebar beside the messages, because the window is small or zoomed in. */
export const useNarrow = mediaHook('(max-width: 899px)')

/** Whether there is no room for request and reply side by side. */
export const useStacked = mediaHook('(max-width: 639px)')

/** Whether the system asks for more contrast. */
export const useWantedContrast = mediaHook('(prefers-contrast: more)')

/** Whether the system, or the host on behalf of the settings, asks for dark colours. */
export const useSystemDark = mediaHook('(prefers-color-scheme: dark)')
