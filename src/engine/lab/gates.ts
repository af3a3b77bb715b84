/** Where workers of one load wait for each other: before they connect, and before they begin to send. */
export type GateKind = 'connect' | 'begin'

const kinds: readonly GateKind[] = ['connect', 'begin']

/** The number of a gate; all pass them in their order. */
export const gateOf = (step: number, kind: GateKind): number => kinds.length * step + kinds.indexOf(kind)

/** What a gate is before. */
export const kindOfGate = (gate: number): GateKind => kinds[gate % kinds.length] ?? 'connect'

/** A worker's end of the gates: it says that it waits, and goes on at a moment that it is told. */
export class Gates {
  #waiting: { readonly gate: number; readonly pass: (atNs: number | null) => void } | undefined
  #cancelled = false

  constructor(private readonly arrived: (gate: number) => void) {}

  /** Resolves with the moment to go on, on the monotonic clock; with null when the run is cancelled. */
  pass(gate: number): Promise<number | null> {
    if (this.#cancelled) return Promise.resolve(null)
    return new Promise((resolve) => {
      this.#waiting = { gate, pass: resolve }
      this.arrived(gate)
    })
  }

  open(gate: number, atNs: number): void {
    if (this.#waiting?.gate === gate) this.#end(atNs)
  }

  cancel(): void {
    this.#cancelled = true
    this.#end(null)
  }

  #end(atNs: number | null): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.pass(atNs)
  }
}
