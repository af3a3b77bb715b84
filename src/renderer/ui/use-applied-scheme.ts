import { useSyncExternalStore } from 'react'

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme', 'data-contrast'] })
  return () => observer.disconnect()
}

const attribute = (name: string) => () => document.documentElement.getAttribute(name)

export interface AppliedScheme {
  readonly dark: boolean
  readonly highContrast: boolean
}

/** The scheme that the style sheets apply now; the provider reports a change slightly earlier. */
export function useAppliedScheme(): AppliedScheme {
  const scheme = useSyncExternalStore(subscribe, attribute('data-mantine-color-scheme'))
  const contrast = useSyncExternalStore(subscribe, attribute('data-contrast'))
  return { dark: scheme === 'dark', highContrast: contrast === 'high' }
}
