const isBlank = (unit: string | undefined): boolean => unit === ' ' || unit === '\n' || unit === '\t' || unit === '\r'

/**
 * Where the caret goes when a text is laid out anew: behind the same number of characters that are no white space.
 * Undefined when more than white space is different.
 */
export function caretPlace(before: string, after: string, caret: number): number | undefined {
  let place: number | undefined
  let at = 0
  for (let index = 0; index < before.length; index += 1) {
    if (index === caret) place = at
    if (isBlank(before[index])) continue
    while (isBlank(after[at])) at += 1
    if (before[index] !== after[at]) return undefined
    at += 1
  }
  if (/[^ \n\t\r]/.test(after.slice(at))) return undefined
  return place ?? at
}
