import type { Asked } from '../shared/contract/index.ts'
import { endpointsOfArguments } from './links.ts'

/** Any page can open links as fast as it likes; what is beyond this number is not asked. */
const mostWaiting = 3
/** How long an endpoint that was declined is not asked again. */
const declinedForMs = 10 * 60_000

export interface PendingLinksOptions {
  changed(asked: Asked): void
  /** Told once of each way of ignoring: a page must not be able to fill the window with that either. */
  ignoring(notice: { readonly title: string; readonly text: string }): void
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number
}

interface Told {
  readonly title: string
  readonly text: string
}

const notices = {
  some: {
    title: 'Some links are ignored',
    text: `Links or other programs ask for more than ${mostWaiting} sockets at once, or again for one that you declined less than ${declinedForMs / 60_000} minutes ago. Their number is shown with the next question.`,
  },
  all: {
    title: 'Links are ignored',
    text: 'Links and other programs cannot ask for a socket until you start ZeroMQ Inspector again.',
  },
} satisfies Record<string, Told>

/** Endpoints that a link or a command line asked for, until the person has answered. */
export class PendingLinks {
  #asked: Asked = { endpoints: [], repeated: false, ignored: 0 }
  /** When each endpoint was declined. */
  readonly #declined = new Map<string, number>()
  #requests = 0
  #ignoresAll = false
  readonly #told = new Set<Told>()
  readonly #now: () => number

  constructor(private readonly options: PendingLinksOptions) {
    this.#now = options.now ?? (() => performance.now())
  }

  get asked(): Asked {
    return this.#asked
  }

  /**
   * Takes what the arguments of a command line, or a link alone, ask for. Returns whether the window is wanted: not if
   * everything that they ask for is ignored.
   */
  ask(args: readonly string[]): boolean {
    const wanted = endpointsOfArguments(args)
    if (wanted.length === 0) return true
    const { endpoints } = this.#asked
    this.#requests += wanted.length
    const fresh = wanted.filter((endpoint) => !endpoints.includes(endpoint) && !this.#isIgnored(endpoint))
    const taken = fresh.slice(0, mostWaiting - endpoints.length)
    const waiting = wanted.filter((endpoint) => endpoints.includes(endpoint)).length
    const ignored = wanted.length - taken.length - waiting
    if (ignored > 0 && !this.#ignoresAll) this.#tell(notices.some)
    this.#set({
      endpoints: [...endpoints, ...taken],
      repeated: this.#requests > 1,
      // One that waits already is asked as it is.
      ignored: this.#asked.ignored + ignored,
    })
    return taken.length > 0 || waiting > 0
  }

  answered(endpoint: string, added: boolean): void {
    if (!added) this.#declined.set(endpoint, this.#now())
    this.#set({ ...this.#asked, endpoints: this.#asked.endpoints.filter((each) => each !== endpoint) })
  }

  /** Asks nothing more, until the application starts again. */
  ignoreAll(): void {
    this.#ignoresAll = true
    this.#tell(notices.all)
    this.#set({ ...this.#asked, endpoints: [], ignored: this.#asked.ignored + this.#asked.endpoints.length })
  }

  #tell(notice: Told): void {
    if (this.#told.has(notice)) return
    this.#told.add(notice)
    this.options.ignoring(notice)
  }

  #isIgnored(endpoint: string): boolean {
    if (this.#ignoresAll) return true
    const declinedAt = this.#declined.get(endpoint)
    return declinedAt !== undefined && this.#now() - declinedAt < declinedForMs
  }

  #set(asked: Asked): void {
    this.#asked = asked
    this.options.changed(asked)
  }
}
