/** The separators that are suggested, the likeliest first. */
export const separators = ['/', '.', ':'] as const

/** Whether a text can separate levels: one visible character of ASCII, or a space. */
export const isSeparator = (text: string): boolean => /^[\x20-\x7e]$/.test(text)

/** Parts that are digits alone are a number, a time or an address that is divided, not a topic. */
const isNumber = /^\d+$/

/** How many topics are looked at. */
const lookedAt = 1000

/**
 * The separator that topics seem to have; null when they seem to have none. It is one that divides at least half of them
 * into parts that are not empty and not all numbers, and puts at least two of them together. Of several, it is the one
 * that makes the fewest groups at the first level, and else the first of `separators`.
 */
export function suggestSeparator(topics: Iterable<string>): string | null {
  const some: string[] = []
  for (const topic of topics) {
    some.push(topic)
    if (some.length === lookedAt) break
  }
  let best: string | null = null
  let fewest = some.length
  for (const separator of separators) {
    const divided = some.filter((topic) => isDivided(topic, separator))
    if (divided.length * 2 < some.length) continue
    const groups = new Set(some.map((topic) => topic.split(separator, 1)[0])).size
    if (groups < fewest) {
      fewest = groups
      best = separator
    }
  }
  return best
}

function isDivided(topic: string, separator: string): boolean {
  const parts = topic.split(separator).filter((part) => part !== '')
  return parts.length > 1 && !parts.every((part) => isNumber.test(part))
}
