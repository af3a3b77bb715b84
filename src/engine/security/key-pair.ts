import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto'
import { InspectorError } from '../../shared/errors.ts'
import { keyBytes, keyText, parsePublicKey, parseSecretKey } from '../../shared/zmq/keys.ts'

/** The two keys of one end of CURVE, in Z85. */
export interface KeyPair {
  readonly publicKey: string
  readonly secretKey: string
}

/** What stands before the 32 bytes of an X25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** The public key that belongs to a secret one, both in Z85. Throws `InspectorError`, which does not repeat the key. */
export function publicKeyOf(secretKey: string): string {
  const der = Buffer.concat([pkcs8, keyBytes(parseSecretKey(secretKey))])
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  // The key is the end of its form for others (SPKI), too.
  return keyText(createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32))
}

/** A new pair, as `zmq_curve_keypair` makes them. */
export function newKeyPair(): KeyPair {
  const secretKey = keyText(randomBytes(32))
  return { publicKey: publicKeyOf(secretKey), secretKey }
}

/**
 * The two keys in Z85, when they belong together. Each is given as people paste it. Throws `InspectorError`
 * (`invalid-argument`), which may name public keys, and never repeats a secret one.
 */
export function checkPair(publicKey: string, secretKey: string): KeyPair {
  const pair = { publicKey: parsePublicKey(publicKey), secretKey: parseSecretKey(secretKey) }
  if (pair.publicKey === pair.secretKey) {
    throw new InspectorError('invalid-argument', 'This is the public key where the secret one belongs.')
  }
  const own = publicKeyOf(pair.secretKey)
  if (own === pair.publicKey) return pair
  if (publicKeyOf(pair.publicKey) === pair.secretKey) {
    throw new InspectorError(
      'invalid-argument',
      'The two keys are in the wrong places: the secret key stands for the public one.',
    )
  }
  const message = `The public key does not belong to the secret key. Its public key is ${own}`
  throw new InspectorError('invalid-argument', message)
}
