import { type FSWatcher, watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'

const debounceMs = 100
/** Polling interval for what the system cannot watch. */
const retryMs = 2000

interface Watched {
  readonly watcher: FSWatcher
  /** Distinguishes a folder from another that replaced it. */
  readonly identity: string
}

/**
 * Watches folders rather than files, so that it notices files that are replaced on saving or do not exist yet. For a
 * missing folder it watches the nearest existing ancestor.
 */
export class FolderWatcher {
  readonly #watched = new Map<string, Watched>()
  #files: ReadonlySet<string> = new Set()
  #folders: ReadonlySet<string> = new Set()
  #timer: NodeJS.Timeout | undefined
  #retryTimer: NodeJS.Timeout | undefined
  #closed = false

  constructor(private readonly changed: () => void) {}

  /**
   * Watches these files, all .proto files and subfolders of these folders, and nothing else. `tellsMissed`: whether what
   * was not watched before counts as changed, since it may have been between reading and watching it.
   */
  async watch(files: readonly string[], folders: readonly string[], tellsMissed = true): Promise<void> {
    this.#files = new Set(files)
    this.#folders = new Set(folders)
    const wanted = new Map<string, string>()
    for (const folder of new Set([...folders, ...files.map(dirname)])) {
      const found = await nearestFolder(folder)
      if (found) wanted.set(found.path, found.identity)
    }
    if (this.#closed) return
    for (const [path, { watcher, identity }] of this.#watched) {
      if (wanted.get(path) === identity) continue
      watcher.close()
      this.#watched.delete(path)
    }
    const missing = [...wanted].filter(([path]) => !this.#watched.has(path))
    for (const [path, identity] of missing) this.#open(path, identity)
    if (tellsMissed && missing.some(([path]) => this.#watched.has(path))) this.#schedule()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#retryTimer)
    for (const { watcher } of this.#watched.values()) watcher.close()
    this.#watched.clear()
  }

  #open(path: string, identity: string): void {
    try {
      const watcher = watch(path, { persistent: false }, (event, name) => {
        if (this.#matters(path, event, name)) this.#schedule()
      })
      // Windows reports a deleted folder as an error.
      watcher.on('error', () => this.#lose(path, watcher))
      this.#watched.set(path, { watcher, identity })
    } catch {
      // It may have vanished, or there are too many watchers: try again later.
      this.#retry()
    }
  }

  #lose(path: string, watcher: FSWatcher): void {
    watcher.close()
    this.#watched.delete(path)
    this.#schedule()
  }

  #matters(folder: string, event: string, name: string | null): boolean {
    if (name === null) return true
    const path = join(folder, name)
    if (this.#files.has(path) || this.#folders.has(path)) return true
    if (this.#folders.has(folder)) return event === 'rename' || name.endsWith('.proto')
    // A watched folder reports its own deletion by its own name.
    if (event !== 'rename' || name === basename(folder)) return event === 'rename'
    return [...this.#files, ...this.#folders].some((target) => target.startsWith(path + sep))
  }

  #schedule(): void {
    if (this.#closed) return
    // Not postponed by further events, so that a busy folder cannot delay it forever.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.changed()
    }, debounceMs)
  }

  #retry(): void {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(this.changed, retryMs).unref()
  }
}

/** A folder, or its nearest existing ancestor. */
async function nearestFolder(folder: string): Promise<{ path: string; identity: string } | undefined> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await stat(path).catch(() => undefined)
    if (found?.isDirectory()) return { path, identity: `${found.dev}:${found.ino}` }
    if (path === dirname(path)) return undefined
  }
}
