const maximumShown = 3

/** The most similar names, for a message: `'name', 'names' or 'rename'`. */
export function nearest(written: string, names: readonly string[]): string {
  const wanted = written.slice(0, 100).toLowerCase()
  const ranked = names
    .map((name) => ({ name, distance: distance(wanted, name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)
  const close = ranked.filter((one) => one.distance <= Math.max(2, wanted.length / 2))
  const shown = (close.length > 0 ? close : ranked).slice(0, maximumShown).map(({ name }) => `'${name}'`)
  const last = shown.pop()
  if (last === undefined) return 'none'
  return shown.length === 0 ? last : `${shown.join(', ')} or ${last}`
}

/** Most names that are listed. */
const maximumListed = 100

/** All names, after those that are near; empty where these are all. */
export function allNames(names: readonly string[]): string {
  if (names.length <= maximumShown) return ''
  const more = names.length > maximumListed ? ` and ${names.length - maximumListed} more` : ''
  return `. All names: ${names.slice(0, maximumListed).join(', ')}${more}`
}

/** Edit distance: characters to insert, delete, replace or swap with the next. */
function distance(one: string, other: string): number {
  let before: number[] = []
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      )
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (isSwapped) best = Math.min(best, (before[column - 2] ?? 0) + 1)
      current.push(best)
    }
    before = previous
    previous = current
  }
  return previous[other.length] ?? 0
}
