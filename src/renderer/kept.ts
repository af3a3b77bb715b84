import type { Kept } from '../shared/contract.ts'

declare global {
  /** Set by kept.js, which the host writes for the window's first page; absent where a development server serves it. */
  var kept: Kept | null | undefined
}

/**
 * What is kept over a restart, so that the window can be drawn before anything is asked for. Null in a later page, by
 * which time it may have changed.
 */
export function readKept(): Kept | null {
  const found = globalThis.kept ?? null
  // It would be held for as long as the page lives.
  globalThis.kept = undefined
  return found
}
