import { NumberRanges } from './number-ranges.ts'
import type { TokenReader } from './token-reader.ts'

/** `max`, the end of every range; beyond any number of a field or an enum. */
const maximum = Number.MAX_SAFE_INTEGER

/** The names and numbers of one message, enum or file, none of which may occur twice or be reserved. */
export class ScopeNames {
  readonly #names = new Map<string, number>()
  readonly #numbers = new Map<number, number>()
  readonly #reservedNames = new Set<string>()
  readonly #reservedNumbers = new NumberRanges()
  readonly #where: string

  /** `owner` is the name of the message or enum; null for a file. */
  constructor(
    private readonly reader: TokenReader,
    owner: string | null,
  ) {
    this.#where = owner === null ? '' : ` in '${owner}'`
  }

  /** Adds a name that starts at an offset. */
  addName(name: string, at: number): void {
    if (this.#names.has(name)) this.reader.fail(`'${name}' is defined twice${this.#where}`, at)
    this.#names.set(name, at)
  }

  /** Adds a number at an offset; `mayRepeat` for the aliases of an enum. */
  addNumber(number: number, at: number, mayRepeat = false): void {
    if (!this.#numbers.has(number)) this.#numbers.set(number, at)
    else if (!mayRepeat) this.reader.fail(`The number ${number} is used twice${this.#where}`, at)
  }

  /** Reads `reserved 2, 4 to max;` or `reserved "name";`, whose names editions write without quotes. */
  readReserved(): void {
    const { reader } = this
    reader.expect('reserved')
    do {
      if (reader.kind === 'string') this.#reservedNames.add(reader.strings().toString())
      else if (reader.kind === 'word') this.#reservedNames.add(reader.identifier())
      else this.#reservedNumbers.add(...readRange(reader))
    } while (reader.skips(','))
    reader.expect(';')
  }

  /** Throws a `SourceError` for a name or number that is reserved. All must have been read. */
  checkReserved(): void {
    for (const [name, at] of this.#reservedNames.size > 0 ? this.#names : []) {
      if (this.#reservedNames.has(name)) this.reader.fail(`'${name}' is reserved${this.#where}`, at)
    }
    for (const [number, at] of this.#numbers) {
      if (this.#reservedNumbers.has(number)) this.reader.fail(`The number ${number} is reserved${this.#where}`, at)
    }
  }
}

/** Reads `4`, `4 to 9`, `-9 to -4` or `4 to max`. */
export function readRange(reader: TokenReader): [from: number, to: number] {
  const from = reader.signedInteger('number')
  if (!reader.skips('to')) return [from, from]
  return [from, reader.skips('max') ? maximum : reader.signedInteger('number')]
}
