import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What names the folder of temporary files: on Windows the last two. */
const names = ['TMPDIR', 'TEMP', 'TMP'] as const

/** Gives all that the tests start one folder for temporary files, so that they leave none. Returns how to remove it. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'inspector-tests-'))
  for (const name of names) process.env[name] = folder
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
