import { InspectorError } from '../../shared/errors.ts'
import { parsePublicKey } from '../../shared/zmq/keys.ts'
import { checkPlainPassword, problemWithUserName } from '../../shared/zmq/plain-users.ts'
import { curveSecretId, type Secrets, type Security, type SecurityKind } from '../../shared/zmq/security.ts'
import { newKeyPair } from './key-pair.ts'

/** The domain that every server here names: libzmq asks its authenticator of NULL clients only where there is one. */
export const zapDomain = 'zeromq-inspector'

/** What a socket is given so that it is secured. Holds secrets: it never leaves the engine. */
export interface Credentials {
  /** Properties of zeromq.js's socket, in the order in which they are set. */
  readonly properties: readonly (readonly [property: string, value: string | boolean])[]
  readonly kind: SecurityKind
  /** The public half of its pair, in Z85; null without one. */
  readonly ownKey: string | null
}

const none: Credentials = { kind: 'none', properties: [], ownKey: null }

const server = [['zapDomain', zapDomain]] as const

/**
 * What a socket with this security is given. Throws `InspectorError` (`invalid-argument`), whose details name the `field`
 * that is wrong; never a secret.
 */
export function credentialsOf(security: Security, secrets: Secrets): Credentials {
  switch (security.kind) {
    case 'none':
      return none
    case 'plain-client':
      return {
        kind: security.kind,
        properties: [
          ['plainUsername', userNameOf(security.userName)],
          ['plainPassword', passwordOf(security.password, secrets)],
        ],
        ownKey: null,
      }
    case 'plain-server':
      return { kind: security.kind, properties: [['plainServer', true], ...server], ownKey: null }
    case 'curve-client': {
      const { publicKey, secretKey } = pairOf(security.ownKey, secrets)
      return {
        kind: security.kind,
        properties: [
          ['curveServerKey', serverKeyOf(security.serverKey)],
          ['curvePublicKey', publicKey],
          ['curveSecretKey', secretKey],
        ],
        ownKey: publicKey,
      }
    }
    case 'curve-server': {
      const { publicKey, secretKey } = pairOf(security.ownKey, secrets)
      return {
        kind: security.kind,
        properties: [['curveServer', true], ['curvePublicKey', publicKey], ['curveSecretKey', secretKey], ...server],
        ownKey: publicKey,
      }
    }
  }
}

const wrong = (field: string, message: string): InspectorError =>
  new InspectorError('invalid-argument', message, { field })

function userNameOf(name: string): string {
  const problem = name === '' ? 'Write a user name.' : problemWithUserName(name)
  if (problem !== null) throw wrong('userName', problem)
  return name
}

/** libzmq takes no empty password. */
function passwordOf(id: string | null, secrets: Secrets): string {
  if (id === null) throw wrong('password', 'Write the password.')
  const password = secrets[id]
  if (password === undefined) throw wrong('password', 'The password is not kept here. Write it again.')
  if (password === '') throw wrong('password', 'ZeroMQ takes no empty password.')
  try {
    checkPlainPassword(password)
  } catch (thrown) {
    throw thrown instanceof InspectorError ? wrong('password', thrown.message) : thrown
  }
  return password
}

function serverKeyOf(text: string): string {
  try {
    return parsePublicKey(text)
  } catch (thrown) {
    if (thrown instanceof InspectorError) throw wrong('serverKey', `Server public key: ${thrown.message}`)
    throw thrown
  }
}

function pairOf(publicKey: string | null, secrets: Secrets): { publicKey: string; secretKey: string } {
  if (publicKey === null) return newKeyPair()
  const secretKey = secrets[curveSecretId(publicKey)]
  if (secretKey === undefined) {
    throw wrong('ownKey', 'The secret key of this pair is not kept here. Paste it again, or make a new pair.')
  }
  return { publicKey, secretKey }
}
