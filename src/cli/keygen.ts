import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { makeOwnerOnly, ownerOnlyFile } from '../engine/files/owner-only.ts'
import { newKeyPair } from '../engine/security/key-pair.ts'
import { InspectorError } from '../shared/errors.ts'
import { writeCertificate } from '../shared/zmq/certificate.ts'
import { fingerprintOf } from '../shared/zmq/keys.ts'
import { escapeHidden } from './escape-hidden.ts'
import { exitCodes, UsageError } from './failure.ts'
import { print } from './output.ts'
import { checkOutputFile, type OutputFile, writeOutputFile } from './output-file.ts'

interface KeygenCommand {
  readonly path: string
  /** Whose keys they are. */
  readonly name?: string | undefined
  readonly force: boolean
  readonly json: boolean
}

/** The texts of both certificates. Throws `UsageError` for a name that cannot stand in one. */
function certificatesFor(name: string | undefined) {
  const metadata = new Map(name === undefined ? [] : [['name', name]])
  const { publicKey, secretKey } = newKeyPair()
  try {
    return {
      publicKey,
      forOthers: writeCertificate({ publicKey, secretKey: null, metadata }),
      secret: writeCertificate({ publicKey, secretKey, metadata }),
    }
  } catch (thrown) {
    if (!(thrown instanceof InspectorError)) throw thrown
    throw new UsageError(`--name: ${thrown.message}`, { cause: thrown })
  }
}

/** Where a file cannot be replaced, it is written in its place, with the permissions that it has. */
async function writeSecret(file: OutputFile, content: string): Promise<void> {
  if (file.overwrite) makeOwnerOnly(file.path)
  await writeOutputFile(file, content, ownerOnlyFile)
}

/** Makes a pair of keys and writes both certificates, or none. Prints the public key alone. Returns the exit code. */
export async function runKeygen({ path, name, force, json }: KeygenCommand): Promise<number> {
  const file: OutputFile = { path, overwrite: force, overwriteOption: '--force' }
  const secretFile: OutputFile = { ...file, path: `${path}_secret` }
  const { publicKey, forOthers, secret } = certificatesFor(name)
  for (const each of [file, secretFile]) await checkOutputFile(each)
  const isNew = !existsSync(secretFile.path)
  await writeSecret(secretFile, secret)
  try {
    await writeOutputFile(file, forOthers)
  } catch (thrown) {
    // Half a pair is of no use to anybody.
    if (isNew) await rm(secretFile.path, { force: true })
    throw thrown
  }
  const fingerprint = fingerprintOf(publicKey)
  if (json) {
    const line = { publicKey, fingerprint, certificate: file.path, secretCertificate: secretFile.path }
    print(`${escapeHidden(JSON.stringify(line))}\n`)
    return exitCodes.success
  }
  const rows = [
    ['Public key', publicKey],
    ['Fingerprint', fingerprint],
    ['For others', file.path],
    ['For yourself', secretFile.path],
  ] as const
  for (const [label, value] of rows) print(`${label.padEnd(14)}${escapeHidden(value)}\n`)
  return exitCodes.success
}
