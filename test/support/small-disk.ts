import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Only root may mount, and only Linux has tmpfs. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0

/** A file system of its own, such as a full or read-only disk. */
export interface SmallDisk {
  readonly path: string
  /** Mounts it again with other options, such as `ro` or `size=1m`. */
  remount(options: string): void
  /** Removes it with all that is on it. */
  remove(): void
}

/** Mounts a small disk. For tests marked with `canMount`. */
export function mountSmallDisk(options: string): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'inspector-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path])
  return {
    path,
    remount: (changed) => execFileSync('mount', ['-o', `remount,${changed}`, path]),
    remove() {
      execFileSync('umount', ['--lazy', path])
      rmSync(path, { recursive: true })
    },
  }
}
