/** Numbers that grow in number, without an array of objects. */
class Numbers {
  #numbers = new Float64Array(1024)
  #length = 0

  push(x: number, y: number): void {
    if (this.#length === this.#numbers.length) {
      const longer = new Float64Array(2 * this.#length)
      longer.set(this.#numbers)
      this.#numbers = longer
    }
    this.#numbers[this.#length] = x
    this.#numbers[this.#length + 1] = y
    this.#length += 2
  }

  finish(): Float64Array {
    return this.#numbers.slice(0, this.#length)
  }
}

/**
 * Thins points for a picture so that it looks the same: of each column of pixels it keeps the first, the last, the least and
 * the greatest, in their order (the method is known as M4). Columns begin at multiples of their width, so that what is kept
 * does not change while a picture scrolls. Points are given in the order of their x.
 */
export class Thinner {
  readonly #kept = new Numbers()
  readonly #width: number
  #column = Number.NaN
  #count = 0
  /** x and y of the points of the column that are kept, and which of its points each is. */
  #first = { x: 0, y: 0, place: 0 }
  #last = { x: 0, y: 0, place: 0 }
  #least = { x: 0, y: 0, place: 0 }
  #greatest = { x: 0, y: 0, place: 0 }
  #isBroken = false
  #hasAny = false

  /** `width` of a column, in units of x; 0 keeps all points. */
  constructor(width: number) {
    this.#width = width
  }

  /** The column of an x. */
  columnOf(x: number): number {
    return this.#width > 0 ? Math.floor(x / this.#width) : x
  }

  /** Takes a point. `isGap`: nothing came before it for long. A y that is not finite breaks the line. */
  add(x: number, y: number, isGap: boolean): void {
    if (isGap || !Number.isFinite(y)) this.#break()
    if (!Number.isFinite(y) || !Number.isFinite(x)) return
    const column = this.columnOf(x)
    if (column !== this.#column || this.#count === 0 || this.#width === 0) {
      this.#flush()
      this.#column = column
      this.#first = { x, y, place: 0 }
      this.#last = { x, y, place: 0 }
      this.#least = { x, y, place: 0 }
      this.#greatest = { x, y, place: 0 }
      this.#count = 1
      return
    }
    const place = this.#count
    set(this.#last, x, y, place)
    if (y < this.#least.y) set(this.#least, x, y, place)
    if (y > this.#greatest.y) set(this.#greatest, x, y, place)
    this.#count += 1
  }

  /** x and y in turn. Where y is NaN, the line is broken. */
  finish(): Float64Array {
    this.#flush()
    return this.#kept.finish()
  }

  #break(): void {
    this.#flush()
    this.#isBroken = true
  }

  #flush(): void {
    if (this.#count === 0) return
    this.#count = 0
    if (this.#isBroken && this.#hasAny) this.#kept.push(this.#first.x, Number.NaN)
    this.#isBroken = false
    this.#hasAny = true
    const [one, other] =
      this.#least.place < this.#greatest.place ? [this.#least, this.#greatest] : [this.#greatest, this.#least]
    let before = -1
    for (const { x, y, place } of [this.#first, one, other, this.#last]) {
      if (place > before) this.#kept.push(x, y)
      before = Math.max(before, place)
    }
  }
}

function set(kept: { x: number; y: number; place: number }, x: number, y: number, place: number): void {
  kept.x = x
  kept.y = y
  kept.place = place
}
