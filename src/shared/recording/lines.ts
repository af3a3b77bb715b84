import type { LinePlace } from './format.ts'

const lineFeed = 0x0a

/** A line without its line feed. */
export interface Line extends LinePlace {
  /** May be a view of what was given. */
  readonly bytes: Uint8Array
}

/** Takes bytes apart into lines, however they come. */
export class LineSplitter {
  /** What there is of a line whose end has not come. */
  #pieces: Uint8Array[] = []
  #length = 0
  #line = 1
  #offset: number

  /** `line` and `offset`: where the bytes begin. */
  constructor(place: LinePlace = { line: 1, offset: 0 }) {
    this.#line = place.line
    this.#offset = place.offset
  }

  /** Where the next line begins. */
  get place(): LinePlace {
    return { line: this.#line, offset: this.#offset }
  }

  /** How many bytes of a line wait for its end. */
  get waiting(): number {
    return this.#length
  }

  /** The lines that end in these bytes. The bytes may change as soon as all were taken. */
  *push(bytes: Uint8Array): Generator<Line> {
    let start = 0
    for (;;) {
      const end = bytes.indexOf(lineFeed, start)
      if (end < 0) break
      const part = bytes.subarray(start, end)
      start = end + 1
      yield this.#take(part)
    }
    if (start === bytes.length) return
    this.#pieces.push(bytes.slice(start))
    this.#length += bytes.length - start
  }

  /** The line whose end did not come; null without one. */
  rest(): Line | null {
    return this.#length === 0 ? null : this.#take(new Uint8Array(0))
  }

  #take(part: Uint8Array): Line {
    const { line, offset } = this.place
    const bytes = this.#length === 0 ? part : this.#join(part)
    this.#pieces = []
    this.#length = 0
    this.#line += 1
    this.#offset += bytes.length + 1
    return { bytes, line, offset }
  }

  #join(last: Uint8Array): Uint8Array {
    const joined = new Uint8Array(this.#length + last.length)
    let end = 0
    for (const piece of [...this.#pieces, last]) {
      joined.set(piece, end)
      end += piece.length
    }
    return joined
  }
}
