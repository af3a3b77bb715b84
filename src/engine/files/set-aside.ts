import { existsSync, renameSync } from 'node:fs'

/** What SQLite writes beside a database. Beside another database it would do damage, so it moves along. */
const companions = ['-wal', '-shm']

function freeName(path: string): string {
  const name = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`
  let free = name
  for (let number = 2; existsSync(free); number += 1) free = `${name}-${number}`
  return free
}

/** Renames a damaged file, so that a new one can take its place and nothing is lost. Returns the new path. */
export function setAside(path: string): string {
  const target = freeName(path)
  renameSync(path, target)
  for (const suffix of companions) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
  }
  return target
}
