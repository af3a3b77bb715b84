import { existsSync, renameSync } from 'node:fs'

/** What SQLite writes beside a database. Beside another database it would do damage, so it moves along. */
export const companions = ['-wal', '-shm', '-journal']

/** The name, or the name with the first number from 2 on that is free. */
export function freeName(name: string): string {
  let free = name
  for (let number = 2; existsSync(free); number += 1) free = `${name}-${number}`
  return free
}

/** Renames a damaged file, so that a new one can take its place and nothing is lost. Returns the new path. */
export function setAside(path: string): string {
  const target = freeName(`${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`)
  const moved: string[] = []
  try {
    for (const suffix of ['', ...companions]) {
      if (suffix !== '' && !existsSync(path + suffix)) continue
      renameSync(path + suffix, target + suffix)
      moved.push(suffix)
    }
  } catch (thrown) {
    // All of it or nothing: a part alone cannot be read.
    for (const suffix of moved.reverse()) renameSync(target + suffix, path + suffix)
    throw thrown
  }
  return target
}
