import { useSyncExternalStore } from 'react'

const attribute = 'data-mantine-color-scheme'

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: [attribute] })
  return () => observer.disconnect()
}

/** The colour scheme that the style sheets follow now. The provider's own word comes a moment before they do. */
export function useAppliedScheme(): string | null {
  return useSyncExternalStore(subscribe, () => document.documentElement.getAttribute(attribute))
}
