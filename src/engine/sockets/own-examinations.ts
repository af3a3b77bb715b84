/** So long after it began, an examination may still be told of at the other end, in milliseconds. */
const toldWithinMs = 3000
/** The most examinations that are remembered. */
const most = 1000

/**
 * Examinations of links that this process made a moment ago. Where they went to a server of this application, that server
 * is told of a client which broke off: it was none.
 */
class OwnExaminations {
  /** When each began, the oldest first, by what is examined. */
  readonly #begun: { readonly place: string; readonly at: number }[] = []

  /** `place`: the port of an endpoint, or its path. */
  begin(place: string): void {
    if (this.#begun.length >= most) this.#begun.shift()
    this.#begun.push({ place, at: performance.now() })
  }

  /** Whether a client that broke off at this endpoint, in libzmq's form, was one of them, which is then done with. */
  take(endpoint: string | null): boolean {
    const place = endpoint === null ? null : placeOf(endpoint)
    const since = performance.now() - toldWithinMs
    const index = this.#begun.findIndex((each) => each.place === place && each.at >= since)
    if (index < 0) return false
    this.#begun.splice(0, index + 1)
    return true
  }
}

/** What tells an endpoint from others of this machine: the port of `tcp://127.0.0.1:5555`, the path of `ipc:///path`. */
export const placeOf = (endpoint: string): string =>
  /^(?:tcp|ws):.*:(\d+)\/?$/.exec(endpoint)?.[1] ?? endpoint.replace(/^ipc:\/\//, '')

export const ownExaminations = new OwnExaminations()
