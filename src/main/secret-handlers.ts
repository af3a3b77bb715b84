import { randomUUID } from 'node:crypto'
import { makeOwnerOnly, ownerOnlyFile } from '../engine/files/owner-only.ts'
import { replaceFile } from '../engine/files/replace-file.ts'
import { checkPair, newKeyPair, publicKeyOf } from '../engine/security/key-pair.ts'
import type { Handlers } from '../shared/contract/index.ts'
import { InspectorError } from '../shared/errors.ts'
import { maximumCertificateBytes, readCertificate, writeCertificate } from '../shared/zmq/certificate.ts'
import { parsePublicKey, parseSecretKey } from '../shared/zmq/keys.ts'
import { checkPlainPassword } from '../shared/zmq/plain-users.ts'
import { curveSecretId } from '../shared/zmq/security.ts'
import type { openFile, saveFile } from './files.ts'
import type { SecretStore } from './secrets.ts'

/** How files are chosen. */
export interface FileDialogs {
  readonly openFile: typeof openFile
  readonly saveFile: typeof saveFile
}

function readNamed(name: string, bytes: Uint8Array) {
  try {
    const certificate = readCertificate(bytes)
    if (certificate.secretKey !== null) checkPair(certificate.publicKey, certificate.secretKey)
    return certificate
  } catch (thrown) {
    if (!(thrown instanceof InspectorError)) throw thrown
    throw new InspectorError(thrown.code, `${name} was not read. ${thrown.message}`, thrown.details)
  }
}

/** Answers the commands about keys and passwords. */
export function secretHandlers(secrets: SecretStore, { openFile, saveFile }: FileDialogs) {
  const keepKey = async (publicKey: string, secretKey: string) => {
    await secrets.keep(curveSecretId(publicKey), secretKey)
    return { publicKey }
  }
  return {
    'secret.state': async () => secrets.state,
    'secret.keepPassword': async ({ text }) => {
      checkPlainPassword(text)
      const id = `password:${randomUUID()}`
      await secrets.keep(id, text)
      return { id }
    },
    'secret.reveal': async ({ id }) => ({ text: secrets.read(id) }),
    'key.create': async () => {
      const { publicKey, secretKey } = newKeyPair()
      return keepKey(publicKey, secretKey)
    },
    'key.import': async ({ text, publicKey }) => {
      const secretKey = parseSecretKey(text)
      if (publicKey !== undefined) checkPair(publicKey, secretKey)
      return keepKey(publicKeyOf(secretKey), secretKey)
    },
    'key.readCertificate': async () => {
      const file = await openFile(maximumCertificateBytes, (limit) => `a certificate has ${limit} at most`)
      if (!file) return null
      const { publicKey, secretKey, metadata } = readNamed(file.name, file.bytes)
      if (secretKey !== null) await keepKey(publicKey, secretKey)
      return { publicKey, hasSecret: secretKey !== null, name: metadata.get('name') ?? null }
    },
    'key.writeCertificate': async ({ publicKey: written, name, withSecret }) => {
      const publicKey = parsePublicKey(written)
      const secretKey = withSecret ? secrets.read(curveSecretId(publicKey)) : null
      const text = writeCertificate({ publicKey, secretKey, metadata: new Map(name === '' ? [] : [['name', name]]) })
      const stem = name === '' ? 'curve' : name
      const path = await saveFile(`${stem}.key${withSecret ? '_secret' : ''}`, async (chosen) => {
        // A file that cannot be replaced is written in its place, with the permissions that it has.
        if (withSecret) makeOwnerOnly(chosen)
        await replaceFile(chosen, text, withSecret ? ownerOnlyFile : undefined)
      })
      return { path }
    },
  } satisfies Partial<Handlers>
}
