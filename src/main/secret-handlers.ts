import { randomUUID } from 'node:crypto'
import { makeOwnerOnly, ownerOnlyFile } from '../engine/files/owner-only.ts'
import { replaceFile } from '../engine/files/replace-file.ts'
import { checkPair, newKeyPair, publicKeyOf } from '../engine/security/key-pair.ts'
import type { Handlers, Input } from '../shared/contract/index.ts'
import { InspectorError } from '../shared/errors.ts'
import { decodeUtf8 } from '../shared/utf8.ts'
import { maximumCertificateBytes, readCertificate, writeCertificate } from '../shared/zmq/certificate.ts'
import { keyText, parsePublicKey, parseSecretKey } from '../shared/zmq/keys.ts'
import { checkPlainPassword } from '../shared/zmq/plain-users.ts'
import { curveSecretId } from '../shared/zmq/security.ts'
import type { openFile, saveFile } from './files.ts'
import type { SecretStore } from './secrets.ts'

/** How files are chosen. */
export interface FileDialogs {
  readonly openFile: typeof openFile
  readonly saveFile: typeof saveFile
}

const keyBytes = 32
/** A key alone, with a line break after it say. */
const mostKeyBytes = 200

/** The key that is all there is in a file, in Z85; null for a certificate. Throws `InspectorError`. */
function keyAlone(bytes: Uint8Array, parse: (text: string) => string): string | null {
  if (bytes.byteLength === keyBytes) return parse(keyText(bytes))
  const text = bytes.byteLength <= mostKeyBytes ? decodeUtf8(bytes)?.trim() : undefined
  return text === undefined || /\s|["']/.test(text) ? null : parse(text)
}

type Wanted = Input<'key.readCertificate'>['wants']

function readKeys(bytes: Uint8Array, wants: Wanted) {
  const alone = keyAlone(bytes, wants === 'pair' ? parseSecretKey : parsePublicKey)
  if (alone !== null && wants === 'pair') return { publicKey: publicKeyOf(alone), secretKey: alone, name: null }
  if (alone !== null) return { publicKey: alone, secretKey: null, name: null }
  const { publicKey, secretKey, metadata } = readCertificate(bytes)
  if (secretKey !== null) checkPair(publicKey, secretKey)
  return { publicKey, secretKey, name: metadata.get('name') ?? null }
}

function readNamed(file: string, bytes: Uint8Array, wants: Wanted) {
  try {
    return readKeys(bytes, wants)
  } catch (thrown) {
    if (!(thrown instanceof InspectorError)) throw thrown
    throw new InspectorError(thrown.code, `${file} was not read. ${thrown.message}`, thrown.details)
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
    'key.readCertificate': async ({ wants }) => {
      const file = await openFile(maximumCertificateBytes, (limit) => `a certificate has ${limit} at most`)
      if (!file) return null
      const { publicKey, secretKey, name } = readNamed(file.name, file.bytes, wants)
      // That of somebody else stays where it is.
      if (secretKey !== null && wants === 'pair') await keepKey(publicKey, secretKey)
      return { publicKey, hasSecret: secretKey !== null, name }
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
