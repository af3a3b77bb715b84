/**
 * The places of the numbers that stand from `from` to `to` when all are in their order; equal ones stay in the order of
 * their places. Does not sort what is not asked for: lists are long, and parts of them short.
 */
export function rankedPlaces(numbers: Float64Array, descending: boolean, from: number, to: number): number[] {
  const count = numbers.length
  const places = new Uint32Array(count)
  for (let place = 0; place < count; place += 1) places[place] = place
  const compare = (one: number, other: number): number => {
    const difference = (numbers[one] ?? 0) - (numbers[other] ?? 0)
    return (descending ? -difference : difference) || one - other
  }
  const [first, end] = [Math.min(from, count), Math.min(to, count)]
  if (first >= end) return []
  select(places, first, compare)
  // What is at `first` and after it is no less than what is before.
  const rest = places.subarray(first)
  if (end < count) select(rest, end - first, compare)
  return [...rest.subarray(0, end - first)].sort(compare)
}

/** Puts the place of that rank where it belongs, none greater before it and none less after it (Hoare's selection). */
function select(places: Uint32Array, rank: number, compare: (one: number, other: number) => number): void {
  let low = 0
  let high = places.length - 1
  while (low < high) {
    const pivot = places[(low + high) >>> 1] ?? 0
    let left = low
    let right = high
    while (left <= right) {
      while (compare(places[left] ?? 0, pivot) < 0) left += 1
      while (compare(places[right] ?? 0, pivot) > 0) right -= 1
      if (left > right) break
      const swapped = places[left] ?? 0
      places[left] = places[right] ?? 0
      places[right] = swapped
      left += 1
      right -= 1
    }
    if (rank <= right) high = right
    else if (rank >= left) low = left
    else return
  }
}
