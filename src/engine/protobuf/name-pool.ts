/** One copy of each name that many files repeat. */
export class NamePool {
  readonly #names = new Map<string, string>()

  /** The same name, which keeps nothing else in memory: V8 keeps a whole text for the sake of a part of it. */
  keep(name: string): string {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const copy = Buffer.from(name).toString()
    this.#names.set(copy, copy)
    return copy
  }
}
