/**
 * Characters that a terminal would act on instead of showing: controls (C0, DEL, C1), line and paragraph separators,
 * bidirectional marks, and the byte order mark.
 */
const hidden = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** Escapes hidden characters as `\u001b`. Inside the strings of JSON text the meaning stays the same. */
export function escapeHidden(text: string): string {
  return text.replace(hidden, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
