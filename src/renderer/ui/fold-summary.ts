/** Most characters of what is folded that stand in its place. */
const longestSummary = 60

/** Characters of a folded text that are enough for its summary, with the white space between them. */
export const summarizedCharacters = 1000

/** What stands in the place of a folded text: its start on one line, up to a whole value where there is one. */
export function foldSummary(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ').trim()
  if (line.length <= longestSummary) return line
  const start = line.slice(0, longestSummary)
  const end = start.lastIndexOf(', ')
  return end > 0 ? `${start.slice(0, end)}, …` : `${start.replace(/[\ud800-\udbff]$/, '')}…`
}
