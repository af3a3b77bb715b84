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

/**
 * Whether the window is too narrow for panels side by side, because it is small or zoomed in. In CSS pixels; global.css
 * has the same number.
 */
export const useNarrow = mediaHook('(max-width: 720px)')

/** Whether the system asks for more contrast. */
export const useWantedContrast = mediaHook('(prefers-contrast: more)')

/** Whether the system, or the host on behalf of the settings, asks for dark colours. */
export const useSystemDark = mediaHook('(prefers-color-scheme: dark)')
