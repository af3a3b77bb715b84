import { Thinner } from '../../shared/series/thin.ts'

/** Points that are let go together. */
const blockPoints = 512

/** Blocks of a series whose x goes back that are drawn, the newest: some 20,000 points, which take about 25 ms. */
const mostUnsorted = 40

/** Points one after the other, with what tells whether they need to be looked at. */
class Block {
  readonly x = new Float64Array(blockPoints)
  readonly y = new Float64Array(blockPoints)
  /** 1 where nothing came before a point for long. */
  readonly gaps = new Uint8Array(blockPoints)
  count = 0
  /** Of the finite y; -1 without any. */
  least = -1
  greatest = -1
  /** Of x. */
  from = Number.POSITIVE_INFINITY
  to = Number.NEGATIVE_INFINITY
  /** Whether the line is broken in it. */
  isBroken = false

  get isFull(): boolean {
    return this.count === blockPoints
  }

  add(x: number, y: number, isGap: boolean): void {
    const place = this.count
    this.x[place] = x
    this.y[place] = y
    this.count = place + 1
    if (x < this.from) this.from = x
    if (x > this.to) this.to = x
    if (isGap) this.gaps[place] = 1
    if (isGap || !Number.isFinite(y)) this.isBroken = true
    if (!Number.isFinite(y)) return
    if (this.least < 0 || y < (this.y[this.least] ?? 0)) this.least = place
    if (this.greatest < 0 || y > (this.y[this.greatest] ?? 0)) this.greatest = place
  }
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** The points of a series, in the order in which they came, in typed arrays. */
export class Points {
  #blocks: Block[] = []
  #count = 0
  /** The place of the oldest point: places stay, whatever goes or comes before. */
  #first = 0
  #lastX = Number.NEGATIVE_INFINITY
  /** Whether x never falls. */
  #isSorted = true

  get count(): number {
    return this.#count
  }

  /** The place of the oldest point. Below 0 where earlier ones were added. */
  get first(): number {
    return this.#first
  }

  /** How many blocks there are. */
  get blocks(): number {
    return this.#blocks.length
  }

  /** The x of the oldest point; Infinity without one. */
  get oldest(): number {
    return this.#blocks[0]?.x[0] ?? Number.POSITIVE_INFINITY
  }

  /** From the least x to the greatest; null without points. */
  get whole(): Span | null {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const block of this.#blocks) {
      from = Math.min(from, block.from)
      to = Math.max(to, block.to)
    }
    return from <= to ? { from, to } : null
  }

  /** Returns whether a block was begun. */
  add(x: number, y: number, isGap: boolean): boolean {
    if (x < this.#lastX) this.#isSorted = false
    this.#lastX = x
    this.#count += 1
    let block = this.#blocks.at(-1)
    const begins = !block || block.isFull
    if (!block || begins) {
      block = new Block()
      this.#blocks.push(block)
    }
    block.add(x, y, isGap)
    return begins
  }

  /** Puts points before all others. */
  addEarlier(earlier: Points): void {
    const [first] = this.#blocks
    if (!earlier.#isSorted || (first && earlier.#lastX > (first.x[0] ?? 0))) this.#isSorted = false
    this.#blocks = [...earlier.#blocks, ...this.#blocks]
    this.#count += earlier.#count
    this.#first -= earlier.#count
    if (this.#lastX === Number.NEGATIVE_INFINITY) this.#lastX = earlier.#lastX
  }

  /** Lets the oldest block go. Returns how many points that are. */
  dropOldest(): number {
    const dropped = this.#blocks.shift()?.count ?? 0
    this.#count -= dropped
    this.#first += dropped
    return dropped
  }

  /** What has to be drawn of a span that has so many columns of pixels, with a point on each side of it. */
  thinned(span: Span | null, columns: number): Float64Array {
    const { from, to } = span ?? this.whole ?? { from: 0, to: 0 }
    const thinner = new Thinner((to - from) / columns)
    if (this.#isSorted) this.#thinSorted(thinner, from, to)
    else for (const [x, y] of this.#sortedIn(from, to)) thinner.add(x, y, false)
    return thinner.finish()
  }

  /** Points from a place on, x and y in turn, as they came. */
  slice(start: number, most: number): Float64Array {
    const numbers: number[] = []
    let place = this.#first
    for (const block of this.#blocks) {
      if (place + block.count > start) {
        for (let index = Math.max(0, start - place); index < block.count && numbers.length < 2 * most; index += 1) {
          numbers.push(block.x[index] ?? 0, block.y[index] ?? 0)
        }
      }
      place += block.count
      if (numbers.length >= 2 * most) break
    }
    return Float64Array.from(numbers)
  }

  #thinSorted(thinner: Thinner, from: number, to: number): void {
    const first = this.#blocks.findIndex((block) => block.to >= from)
    if (first < 0) {
      const last = this.#blocks.at(-1)
      if (last) addAll(thinner, last, last.count - 1, last.count)
      return
    }
    const before = this.#blocks[first - 1]
    if (before && (this.#blocks[first]?.from ?? 0) >= from) addAll(thinner, before, before.count - 1, before.count)
    for (let index = first; index < this.#blocks.length; index += 1) {
      const block = this.#blocks[index]
      if (!block) continue
      const isInside = block.from >= from && block.to <= to
      if (isInside && !block.isBroken && thinner.columnOf(block.from) === thinner.columnOf(block.to))
        addFew(thinner, block)
      else if (isInside) addAll(thinner, block, 0, block.count)
      else addPart(thinner, block, from, to)
      if (block.to > to) return
    }
  }

  /** The points of a span by their x, which is not the order in which they came. */
  #sortedIn(from: number, to: number): [x: number, y: number][] {
    const found: [number, number][] = []
    // The newest alone: they are sorted for each picture, and the sockets wait meanwhile.
    for (const block of this.#blocks.slice(-mostUnsorted)) {
      if (block.to < from || block.from > to) continue
      for (let index = 0; index < block.count; index += 1) {
        const x = block.x[index] ?? 0
        if (x >= from && x <= to) found.push([x, block.y[index] ?? 0])
      }
    }
    return found.sort(([one], [other]) => one - other)
  }
}

function addAll(thinner: Thinner, { x, y, gaps }: Block, from: number, to: number): void {
  for (let index = from; index < to; index += 1) thinner.add(x[index] ?? 0, y[index] ?? 0, gaps[index] === 1)
}

/** Those that a column needs, when all are in one. */
function addFew(thinner: Thinner, { x, y, count, least, greatest }: Block): void {
  const places = [0, Math.min(least, greatest), Math.max(least, greatest), count - 1]
  let before = -1
  for (const place of places) {
    if (place > before) thinner.add(x[place] ?? 0, y[place] ?? 0, false)
    before = Math.max(before, place)
  }
}

/** Those inside a span, and one on each side. */
function addPart(thinner: Thinner, block: Block, from: number, to: number): void {
  let start = 0
  while (start < block.count - 1 && (block.x[start + 1] ?? 0) < from) start += 1
  let end = start
  while (end < block.count && (block.x[end] ?? 0) <= to) end += 1
  addAll(thinner, block, start, Math.min(block.count, end + 1))
}
