import { BlockList, isIP } from 'node:net'
import { InspectorError } from '../../shared/errors.ts'
import { parsePublicKey } from '../../shared/zmq/keys.ts'
import type { Secrets, Security } from '../../shared/zmq/security.ts'
import type { ZapRequest } from './zap.ts'

/** What the rules say of a client; `ask` leaves it to a person. */
export interface Ruling {
  readonly outcome: 'admit' | 'refuse' | 'ask'
  /** In a sentence. */
  readonly why: string
  /** What the person calls the client; null for one that is not known here. */
  readonly knownAs: string | null
}

/** Who may come in to a server. */
export interface AccessRules {
  rule(request: ZapRequest): Ruling
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

const subnetForm = /^([^/]+)\/(\d{1,3})$/

/** Throws `InspectorError` for what is neither an address nor a subnet. */
function addDenied(denied: BlockList, written: string): void {
  const text = written.trim()
  const [, address = text, bits] = subnetForm.exec(text) ?? []
  if (isIP(address) === 0) throw notAnAddress(text)
  try {
    if (bits === undefined) denied.addAddress(address, familyOf(address))
    else denied.addSubnet(address, Number(bits), familyOf(address))
  } catch (thrown) {
    throw notAnAddress(text, thrown)
  }
}

const notAnAddress = (text: string, cause?: unknown): InspectorError =>
  new InspectorError(
    'invalid-argument',
    `“${text}” is no IP address, such as 192.0.2.7, and no subnet, such as 192.0.2.0/24.`,
    { field: 'denied' },
    { cause },
  )

/** The addresses of a server's deny list. Throws `InspectorError`. */
function deniedOf(written: readonly string[]): BlockList {
  const denied = new BlockList()
  for (const each of written) if (each.trim() !== '') addDenied(denied, each)
  return denied
}

/** The names of clients by their public keys in Z85. Throws `InspectorError`, with the `index` of the client. */
function clientsOf({ clients }: Security): ReadonlyMap<string, string> {
  // A line that was added and not written yet.
  const written = clients.flatMap((client, index) => (client.publicKey.trim() === '' ? [] : [{ ...client, index }]))
  return new Map(
    written.map(({ publicKey, name, index }) => {
      try {
        return [parsePublicKey(publicKey), name]
      } catch (thrown) {
        if (!(thrown instanceof InspectorError)) throw thrown
        throw new InspectorError('invalid-argument', `Allowed client ${index + 1}: ${thrown.message}`, {
          field: 'clients',
          index,
        })
      }
    }),
  )
}

/** The passwords of users by their names; null for one that has none yet. Throws `InspectorError`. */
function usersOf({ users }: Security, secrets: Secrets): ReadonlyMap<string, string | null> {
  const named = users.filter(({ name }) => name !== '')
  return new Map(
    named.map(({ id, name, password }) => {
      const text = password === null ? null : secrets[password]
      if (text !== undefined) return [name, text]
      throw new InspectorError('invalid-argument', 'The password is not kept here. Write it again.', {
        field: 'users',
        user: id,
      })
    }),
  )
}

const admit = (why: string, knownAs: string | null = null): Ruling => ({ outcome: 'admit', why, knownAs })
const refuse = (why: string, knownAs: string | null = null): Ruling => ({ outcome: 'refuse', why, knownAs })

/** The rules of a server. Throws `InspectorError` (`invalid-argument`), whose details name the `field` that is wrong. */
export function accessRules(security: Security, secrets: Secrets): AccessRules {
  const denied = deniedOf(security.denied)
  const byCredentials = security.kind === 'plain-server' ? byUser(security, secrets) : byKey(security)
  return {
    rule(request) {
      const { address } = request
      const ruling = byCredentials(request)
      // Over ipc there is no address to look for.
      if (isIP(address) === 0 || !denied.check(address, familyOf(address))) return ruling
      return refuse('Its address is denied.', ruling.knownAs)
    },
  }
}

function byUser(security: Security, secrets: Secrets): AccessRules['rule'] {
  const users = usersOf(security, secrets)
  return ({ user, password }) => {
    const expected = user === null ? undefined : users.get(user)
    if (expected === undefined) return refuse('There is no such user.')
    if (expected === null) return refuse('This user has no password yet.', user)
    return expected === password
      ? admit('User name and password are right.', user)
      : refuse('The password is wrong.', user)
  }
}

function byKey(security: Security): AccessRules['rule'] {
  const clients = clientsOf(security)
  return ({ key }) => {
    const name = key === null ? undefined : clients.get(key)
    const knownAs = name === undefined || name === '' ? null : name
    if (security.admits === 'anyone') return admit('Anyone who knows the server’s public key may come in.', knownAs)
    if (name !== undefined) return admit('Its key is among the allowed clients.', knownAs)
    if (security.admits === 'listed') return refuse('Its key is not among the allowed clients.')
    return { outcome: 'ask', why: 'Its key is not among the allowed clients.', knownAs: null }
  }
}
