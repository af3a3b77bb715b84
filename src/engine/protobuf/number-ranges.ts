interface Range {
  readonly from: number
  readonly to: number
}

/** Ranges of numbers, which may overlap. */
export class NumberRanges {
  readonly #added: Range[] = []
  #merged: readonly Range[] | null = null

  /** Adds a range with both its ends. */
  add(from: number, to: number): void {
    this.#added.push({ from, to })
    this.#merged = null
  }

  has(number: number): boolean {
    if (this.#added.length === 0) return false
    this.#merged ??= merged(this.#added)
    let low = 0
    let high = this.#merged.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#merged[middle]?.to ?? 0) < number) low = middle + 1
      else high = middle
    }
    const range = this.#merged[low]
    return range !== undefined && range.from <= number
  }
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = []
  for (const range of [...ranges].sort((left, right) => left.from - right.from)) {
    const last = result.at(-1)
    if (!last || range.from > last.to) result.push(range)
    else if (range.to > last.to) result[result.length - 1] = { from: last.from, to: range.to }
  }
  return result
}
