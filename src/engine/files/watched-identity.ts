import { statSync } from 'node:fs'

const isGone = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')

/** Which file it is, whatever its name: the file system's number and the file's own. A link stands for its target. */
function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true })
    return `${dev} ${ino}`
  } catch (thrown) {
    if (isGone(thrown)) return null
    throw thrown
  }
}

/**
 * Remembers which file is at a path, to notice that it was removed or replaced while this process has it open: what is
 * written then goes to a file without a name, and is lost. Make it right after opening. As long as the file is open,
 * no other file can get its number.
 */
export class WatchedIdentity {
  readonly #identity: string | null

  /** Throws what the system says of a file that is there and may not be looked at. */
  constructor(readonly path: string) {
    this.#identity = identityOf(path)
  }

  /**
   * Whether the same file is still at the path. Takes some microseconds, so it may be asked before each write. A file
   * that may no longer be looked at is taken to be there: nothing says that it is not. Never throws.
   */
  isInPlace(): boolean {
    try {
      return this.#identity !== null && identityOf(this.path) === this.#identity
    } catch {
      return true
    }
  }
}
