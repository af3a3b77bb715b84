import { type FSWatcher, realpathSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** The system says nothing of a folder further up that is moved or covered. */
const lookEveryMs = 60_000
/** Where the system cannot watch. */
const pollEveryMs = 5000
/** Looks only when nothing more has changed for this long: what somebody is still writing is not looked at half-way. */
const settledAfterMs = 250

const realPathOf = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    // It is not there, or must not be read: its own folder is watched all the same.
    return path
  }
}

/**
 * Calls `look` soon after the file at `path`, or the file that it links to, was made, changed, removed or replaced. The
 * system wakes it, so that nothing runs while nothing happens. `look` must not throw.
 */
export class FileWatch {
  #watchers: FSWatcher[] = []
  #settling: NodeJS.Timeout | undefined
  #next: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(
    private readonly path: string,
    private readonly look: () => void,
  ) {
    this.#arm()
  }

  close(): void {
    this.#isClosed = true
    this.#disarm()
    clearTimeout(this.#settling)
  }

  /** Watches the folders as they are now: another one may have taken a folder's place. */
  #arm(): void {
    this.#disarm()
    const paths = new Set([this.path, realPathOf(this.path)])
    const areWatched = [...paths].every((path) => this.#watch(path))
    this.#next = setTimeout(() => this.#lookNow(), areWatched ? lookEveryMs : pollEveryMs).unref()
  }

  #disarm(): void {
    clearTimeout(this.#next)
    for (const watcher of this.#watchers) watcher.close()
    this.#watchers = []
  }

  /** False where the system cannot do it: there is no such folder, or there are too many watchers. */
  #watch(path: string): boolean {
    const folder = dirname(path)
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        // A folder tells of its own end by its own name.
        if (name === null || name === basename(path) || name === basename(folder)) this.#settle()
      })
      // Windows reports a removed folder as an error.
      watcher.on('error', () => this.#settle())
      this.#watchers.push(watcher)
      return true
    } catch {
      return false
    }
  }

  #settle(): void {
    if (this.#isClosed) return
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => this.#lookNow(), settledAfterMs)
  }

  #lookNow(): void {
    clearTimeout(this.#settling)
    // First, so that what happens meanwhile is noticed.
    this.#arm()
    this.look()
  }
}
