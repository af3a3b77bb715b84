import { randomUUID } from 'node:crypto'
import { existsSync, lstatSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { systemCode } from '../engine/failures.ts'
import { makeOwnerOnlyFolder, ownerOnlyFile } from '../engine/files/owner-only.ts'
import { reasonOf } from '../shared/reason.ts'

const anotherFolder = 'start ZeroMQ Inspector with another folder: --user-data-dir=FOLDER'
const anotherTemporary = 'set another folder for temporary files: TMPDIR=FOLDER'

/** A folder cannot hold the application's files. The message names it, with the cause and the cure. */
export class UnusableFolderError extends Error {
  override readonly name = 'UnusableFolderError'

  constructor(folder: string, cause: string, cure: string, otherwise = anotherFolder) {
    super(`ZeroMQ Inspector cannot keep its files in ${folder}: ${cause}. ${cure}, or ${otherwise}.`)
  }
}

const cures: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some disk space',
  EDQUOT: 'Free some disk space',
  EROFS: 'Make the file system writable',
  ENOTDIR: 'Move that file away',
  EEXIST: 'Move that file away',
}

const proofIn = (folder: string): string => join(folder, `.zeromq-inspector-${randomUUID()}.new`)

/** Makes a file and a link, and removes them again. Throws what the system says. */
function writeProof(folder: string): void {
  const proof = proofIn(folder)
  writeFileSync(proof, '', { flag: 'wx', mode: ownerOnlyFile })
  rmSync(proof)
  if (process.platform === 'win32') return
  symlinkSync('proof', proof)
  rmSync(proof)
}

/** Node.js says of a folder that cannot be made only that it is not there: the one around it knows why. */
function causeOf(folder: string, thrown: unknown): unknown {
  if (systemCode(thrown) !== 'ENOENT') return thrown
  let around = dirname(folder)
  while (!existsSync(around) && around !== dirname(around)) around = dirname(around)
  try {
    writeProof(around)
    return thrown
  } catch (cause) {
    return cause
  }
}

/**
 * Makes the folder, and proves that files and links can be made in it, as Chromium's lock needs. A full disk passes as
 * long as an empty file has room: the window then says what cannot be saved. Throws `UnusableFolderError`.
 */
export function proveUsable(folder: string, otherwise = anotherFolder): void {
  try {
    makeOwnerOnlyFolder(folder)
    writeProof(folder)
  } catch (thrown) {
    const cause = causeOf(folder, thrown)
    const code = systemCode(cause) ?? ''
    const words = code === 'EEXIST' ? 'it is a file, not a folder' : reasonOf(cause)
    throw new UnusableFolderError(folder, words, cures[code] ?? 'Make the folder writable', otherwise)
  }
}

/** Names who has the folder: the link that Chromium makes on Linux and macOS leads to `HOST-PROCESS`. */
const lockName = 'SingletonLock'

/**
 * Why Chromium's lock was not given, unless another ZeroMQ Inspector of this computer has it, which is shown instead:
 * null then. Throws `UnusableFolderError` for the folder of temporary files.
 */
export function lockTrouble(folder: string): UnusableFolderError | null {
  if (process.platform === 'win32') return null
  const lock = join(folder, lockName)
  // Chromium makes a socket among the temporary files, which the lock needs.
  if (!lstatSync(lock, { throwIfNoEntry: false })?.isSymbolicLink()) {
    proveUsable(tmpdir(), anotherTemporary)
    return new UnusableFolderError(folder, `the lock ${lock} cannot be made`, 'Move away what is there')
  }
  const holder = readlinkSync(lock)
  const [, host, processId] = /^(.+)-(\d+)$/.exec(holder) ?? []
  if (host === undefined || host === hostname()) return null
  const cure = `If none runs there, delete ${lock}`
  return new UnusableFolderError(folder, `process ${processId} on the computer ${host} uses it`, cure)
}
