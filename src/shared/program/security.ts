import type { SocketSpec } from '../session/spec.ts'
import { parsePublicKey } from '../zmq/keys.ts'
import { patternOf } from '../zmq/patterns.ts'
import type { Lines, Words } from './language.ts'

/** A user of a PLAIN server, and the environment variable that has the password. */
export interface ProgramUser {
  readonly name: string
  readonly variable: string
}

/** How the socket of a program is secured. Public keys in Z85; a program has no secret in it. */
export type ProgramSecurity =
  | { readonly kind: 'none' }
  | { readonly kind: 'plain-client'; readonly userName: string }
  | { readonly kind: 'plain-server'; readonly users: readonly ProgramUser[]; readonly hasDenied: boolean }
  /** `ownKey`: null makes a pair when the program begins. */
  | { readonly kind: 'curve-client'; readonly serverKey: string; readonly ownKey: string | null }
  | {
      readonly kind: 'curve-server'
      readonly ownKey: string | null
      /** Null lets everybody in. */
      readonly allowed: readonly string[] | null
      readonly hasDenied: boolean
    }

export const passwordVariable = 'ZMQ_PLAIN_PASSWORD'
export const secretKeyVariable = 'ZMQ_CURVE_SECRET_KEY'

/** What a language says to secure a socket. */
export interface SecurityWords {
  /** Names the two keys of the own pair; the secret one is in the environment. */
  readonly ownPair: (publicKey: string) => Lines
  readonly freshPair: Lines
  /** Prints the public key of the fresh pair. */
  readonly printKey: Lines
  /** Uses the two keys. */
  readonly curveClient: (serverKey: string) => Lines
  readonly curveServer: Lines
  /** Null where the library has no PLAIN. */
  readonly plain: { readonly client: (userName: string) => Lines; readonly server: Lines } | null
  readonly authenticator: Authenticator | NoAuthenticator
  /** Defines how a secret is read from the environment. */
  readonly secretReader: Lines
}

/** The library brings one that a program can be given its rules. */
interface Authenticator {
  readonly plain: (users: readonly ProgramUser[]) => Lines
  readonly curve: (keys: readonly string[]) => Lines
  readonly stop: Lines
}

/** Why a program has none, and who comes in to a PLAIN server then: two parts of a sentence. */
interface NoAuthenticator {
  readonly reason: string
  readonly plainWithout: string
}

export const nobodyComesIn = 'Nobody comes in to a PLAIN server without an authenticator (ZAP handler)'

const variableOf = (index: number, count: number): string =>
  count === 1 ? passwordVariable : `${passwordVariable}_${index + 1}`

/** How the socket of a program is secured. Throws `InspectorError` for keys that are none. */
export function securityOf({ pattern, security }: Pick<SocketSpec, 'pattern' | 'security'>): ProgramSecurity {
  const { kind, ownKey, denied } = security
  const hasDenied = denied.some((address) => address.trim() !== '')
  // Without a handshake there is nothing to secure.
  switch (patternOf(pattern).handshakes ? kind : 'none') {
    case 'none':
      return { kind: 'none' }
    case 'plain-client':
      return { kind: 'plain-client', userName: security.userName }
    case 'plain-server': {
      // A line that was added and not written yet.
      const users = security.users.filter(({ name }) => name !== '')
      const named = users.map(({ name }, index) => ({ name, variable: variableOf(index, users.length) }))
      return { kind: 'plain-server', users: named, hasDenied }
    }
    case 'curve-client':
      return { kind: 'curve-client', serverKey: parsePublicKey(security.serverKey), ownKey }
    case 'curve-server': {
      const clients = security.clients.filter(({ publicKey }) => publicKey.trim() !== '')
      const allowed = security.admits === 'anyone' ? null : clients.map(({ publicKey }) => parsePublicKey(publicKey))
      return { kind: 'curve-server', ownKey, allowed, hasDenied }
    }
  }
}

/** Whether a program of this language reads a secret. */
export function readsSecret(security: ProgramSecurity, words: SecurityWords): boolean {
  switch (security.kind) {
    case 'none':
      return false
    case 'plain-client':
      return words.plain !== null
    case 'plain-server':
      return 'stop' in words.authenticator && security.users.length > 0
    case 'curve-client':
    case 'curve-server':
      return security.ownKey !== null
  }
}

/** Whether a program makes a pair of keys. */
export const makesPair = (security: ProgramSecurity): boolean => 'ownKey' in security && security.ownKey === null

/** Whether a program prints the public key that it made. */
export const printsKey = (security: ProgramSecurity): boolean =>
  security.kind === 'curve-server' && security.ownKey === null

/** Whether a program of this language starts an authenticator. */
export const hasAuthenticator = (security: ProgramSecurity, { authenticator }: SecurityWords): boolean =>
  'stop' in authenticator &&
  (security.kind === 'plain-server' || (security.kind === 'curve-server' && security.allowed !== null))

/** Stops the authenticator, if there is one. */
export const stopping = (security: ProgramSecurity, words: SecurityWords): Lines =>
  'stop' in words.authenticator && hasAuthenticator(security, words) ? words.authenticator.stop : []

/** The function that reads secrets, if any are read. */
export const secretReaderOf = (security: ProgramSecurity, words: SecurityWords): Lines =>
  readsSecret(security, words) ? words.secretReader : []

/** Secures the socket, and says in comments what is not in the program. */
export function securityLines(security: ProgramSecurity, all: Words): Lines {
  const { comment, library, security: words } = all
  const say = (text: string): string => `${comment} ${text}`
  switch (security.kind) {
    case 'none':
      return []
    case 'plain-client':
      if (!words.plain) return [say(`${library} has no PLAIN: this socket uses no security.`)]
      return [
        say(`The password is in the environment variable ${passwordVariable}. PLAIN sends it in clear text.`),
        ...words.plain.client(security.userName),
      ]
    case 'plain-server':
      if (!words.plain) return [say(`${library} has no PLAIN: this socket uses no security, and everybody comes in.`)]
      return [...words.plain.server, ...plainRules(security.users, words, say), ...deniedNote(security.hasDenied, say)]
    case 'curve-client':
      return [...pairLines(security.ownKey, words, say), ...words.curveClient(security.serverKey)]
    case 'curve-server':
      return [
        ...pairLines(security.ownKey, words, say),
        ...words.curveServer,
        ...(printsKey(security) ? words.printKey : []),
        ...curveRules(security.allowed, words, say),
        ...deniedNote(security.hasDenied, say),
      ]
  }
}

type Say = (text: string) => string

const pairLines = (ownKey: string | null, words: SecurityWords, say: Say): Lines =>
  ownKey === null
    ? [say('A fresh pair of keys each time.'), ...words.freshPair]
    : [
        say(`The secret key of this pair is in the environment variable ${secretKeyVariable}.`),
        ...words.ownPair(ownKey),
      ]

function plainRules(users: readonly ProgramUser[], { authenticator }: SecurityWords, say: Say): Lines {
  if (!('stop' in authenticator)) return [say(`${authenticator.plainWithout}: ${authenticator.reason}.`)]
  return [say('The passwords are in environment variables.'), ...authenticator.plain(users)]
}

const openToAll = 'Whoever knows the public key of this server comes in'

function curveRules(allowed: readonly string[] | null, { authenticator }: SecurityWords, say: Say): Lines {
  if (allowed === null) return [say(`${openToAll}: encrypted, not authenticated.`)]
  if (!('stop' in authenticator)) return [say(`${openToAll}: ${authenticator.reason}.`)]
  return [say('Only clients with these public keys come in.'), ...authenticator.curve(allowed)]
}

const deniedNote = (hasDenied: boolean, say: Say): Lines =>
  hasDenied ? [say('The addresses that the server refuses are not in this program.')] : []
