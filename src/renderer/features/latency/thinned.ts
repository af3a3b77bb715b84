/** A place in a plot, in pixels. */
export interface Place {
  readonly x: number
  readonly y: number
}

/**
 * The places that a line from left to right needs to look the same: of each column of pixels the first, the highest, the
 * lowest and the last one, in their order. So no extreme is lost, however many samples there are (the method is known
 * as M4).
 */
export function thinned(places: readonly Place[]): readonly Place[] {
  const kept: Place[] = []
  let from = 0
  for (let to = 1; to <= places.length; to += 1) {
    if (columnAt(places, to) === columnAt(places, from)) continue
    keepColumn(places, from, to, kept)
    from = to
  }
  return kept
}

/** Undefined after the last place. */
function columnAt(places: readonly Place[], index: number): number | undefined {
  const place = places[index]
  return place && Math.floor(place.x)
}

/** Adds what a column needs, which is at `from` and before `to`. */
function keepColumn(places: readonly Place[], from: number, to: number, kept: Place[]): void {
  let [highest, lowest] = [from, from]
  for (let index = from; index < to; index += 1) {
    const y = places[index]?.y ?? 0
    if (y < (places[highest]?.y ?? 0)) highest = index
    if (y > (places[lowest]?.y ?? 0)) lowest = index
  }
  const needed = new Set([from, Math.min(highest, lowest), Math.max(highest, lowest), to - 1])
  for (const index of needed) {
    const place = places[index]
    if (place) kept.push(place)
  }
}
