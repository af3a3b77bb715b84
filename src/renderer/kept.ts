import type { Kept } from '../shared/contract/index.ts'

declare global {
  /** Set by kept.js, which the host writes for the window's first page; absent with a development server. */
  var kept: Kept | null | undefined
}

/**
 * The saved state, so that the window can be drawn before it asks the host for anything. Null in later pages, because
 * it may have changed by then.
 */
export function readKept(): Kept | null {
  const found = globalThis.kept ?? null
  // Release it; otherwise it lives as long as the page.
  globalThis.kept = undefined
  return found
}
