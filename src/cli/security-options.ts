import { type Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { InspectorError } from '../shared/errors.ts'
import { utf8Length } from '../shared/utf8.ts'
import { parsePublicKey } from '../shared/zmq/keys.ts'
import { checkPlainPassword, maximumPlainBytes, type PlainUser } from '../shared/zmq/plain-users.ts'
import {
  curveSecretId,
  noSecurity,
  type Security,
  type SecurityWithSecrets,
  securityKinds,
} from '../shared/zmq/security.ts'
import { UsageError } from './failure.ts'

/** Where the password of a PLAIN client comes from: arguments can be seen by others, and stay in a shell's history. */
export const plainPasswordVariable = 'ZMQ_PLAIN_PASSWORD'

/** Who decides about whom: a server decides which clients come in, whichever of them binds. */
export type SecuritySide = 'client' | 'server'

/** The flags of a command, as commander gives them. */
export const securityFlagsSchema = z.object({
  curveServerKey: z.string().optional(),
  curveCertificate: z.string().optional(),
  curveServer: z.boolean().default(false),
  curveAllow: z.array(z.string()).default([]),
  plainUser: z.string().optional(),
  plainServer: z.string().optional(),
})

export type SecurityFlags = z.infer<typeof securityFlagsSchema>

/** What the flags point to: what is in their files, and in the environment. */
export interface SecuritySources {
  /** Both keys of the certificate in Z85; null without one. */
  readonly pair: { readonly publicKey: string; readonly secretKey: string } | null
  /** The users in the file; empty without one. */
  readonly users: readonly PlainUser[]
  /** Null where the environment has none. */
  readonly password: string | null
}

interface Role {
  readonly flag: string
  readonly kind: Security['kind']
  readonly words: string
  readonly isAsked: (flags: SecurityFlags) => boolean
}

const roles: readonly Role[] = [
  {
    flag: '--curve-server-key',
    kind: 'curve-client',
    words: 'a CURVE client',
    isAsked: ({ curveServerKey }) => curveServerKey !== undefined,
  },
  { flag: '--curve-server', kind: 'curve-server', words: 'a CURVE server', isAsked: ({ curveServer }) => curveServer },
  {
    flag: '--plain-user',
    kind: 'plain-client',
    words: 'a PLAIN client',
    isAsked: ({ plainUser }) => plainUser !== undefined,
  },
  {
    flag: '--plain-server',
    kind: 'plain-server',
    words: 'a PLAIN server',
    isAsked: ({ plainServer }) => plainServer !== undefined,
  },
]

/** The kind of security that the flags ask for. Throws `UsageError` for flags that do not go together. */
export function securityKindOf(flags: SecurityFlags): Security['kind'] {
  const [role, other] = roles.filter(({ isAsked }) => isAsked(flags))
  if (role && other) {
    throw new UsageError(
      `${role.flag} makes ${role.words} and ${other.flag} makes ${other.words}: a socket is one of the two.`,
    )
  }
  const kind = role?.kind ?? 'none'
  if (flags.curveAllow.length > 0 && kind !== 'curve-server') {
    throw new UsageError('--curve-allow says who comes in to a CURVE server: add --curve-server.')
  }
  if (flags.curveCertificate !== undefined && kind !== 'curve-server' && kind !== 'curve-client') {
    throw new UsageError(
      '--curve-certificate is the own pair of a CURVE socket: add --curve-server-key KEY for a client, or --curve-server.',
    )
  }
  return kind
}

/** Throws `UsageError` for a kind that a command cannot be. */
export function checkSide(kind: Security['kind'], sides: readonly SecuritySide[]): void {
  const role = roles.find((each) => each.kind === kind)
  const side = securityKinds[kind].isServer ? 'server' : 'client'
  if (!role || sides.includes(side)) return
  throw new UsageError(`${role.flag} makes ${role.words}, and this command is a ${sides.join(' or ')}.`)
}

/**
 * How a socket with these flags is secured. The secrets are named by the security, and stand beside it. Throws
 * `UsageError` for flags that do not go together, and for a password that is missing.
 */
export function securityFor(flags: SecurityFlags, { pair, users, password }: SecuritySources): SecurityWithSecrets {
  const kind = securityKindOf(flags)
  const own = { ownKey: pair?.publicKey ?? null }
  const ownSecret = pair === null ? {} : { [curveSecretId(pair.publicKey)]: pair.secretKey }
  switch (kind) {
    case 'none':
      return { security: noSecurity, secrets: {} }
    case 'curve-client':
      return {
        security: { ...noSecurity, ...own, kind, serverKey: flags.curveServerKey ?? '' },
        secrets: ownSecret,
      }
    case 'curve-server': {
      const clients = flags.curveAllow.map((publicKey) => ({ publicKey, name: '' }))
      const admits = clients.length === 0 ? 'anyone' : 'listed'
      return { security: { ...noSecurity, ...own, kind, admits, clients }, secrets: ownSecret }
    }
    case 'plain-client': {
      const security = { ...noSecurity, kind, userName: flags.plainUser ?? '', password: 'password' }
      return { security, secrets: { password: checkedPassword(password) } }
    }
    case 'plain-server': {
      const idOf = (index: number) => `user:${index}`
      return {
        security: {
          ...noSecurity,
          kind,
          users: users.map(({ name }, index) => ({ id: idOf(index), name, password: idOf(index) })),
        },
        secrets: Object.fromEntries(users.map((user, index) => [idOf(index), user.password])),
      }
    }
  }
}

/** libzmq takes no empty password. */
function checkedPassword(password: string | null): string {
  if (password === null || password === '') {
    const state = password === null ? 'not set' : 'empty'
    throw new UsageError(
      `--plain-user takes its password from the environment variable ${plainPasswordVariable}, which is ${state}.`,
    )
  }
  try {
    checkPlainPassword(password)
    return password
  } catch (thrown) {
    if (!(thrown instanceof InspectorError)) throw thrown
    throw new UsageError(`${plainPasswordVariable}: ${thrown.message}`, { cause: thrown })
  }
}

/** For commander. Throws its error. */
function readUserName(written: string): string {
  const bytes = utf8Length(written)
  if (bytes >= 1 && bytes <= maximumPlainBytes) return written
  throw new InvalidArgumentError(`A user name has 1 to ${maximumPlainBytes} bytes; this one has ${bytes}.`)
}

/** For commander. Throws its error, which says what is wrong with the key. */
function readKey(written: string): string {
  try {
    return parsePublicKey(written)
  } catch (thrown) {
    if (thrown instanceof InspectorError) throw new InvalidArgumentError(thrown.message)
    throw thrown
  }
}

const readKeys = (written: string, before: readonly string[] = []): readonly string[] => [...before, readKey(written)]

/** Each flag, and the side that it is of; null for both. */
const flagRows: readonly { readonly side: SecuritySide | null; readonly option: () => Option }[] = [
  {
    side: 'client',
    option: () =>
      new Option(
        '--curve-server-key <key>',
        "CURVE client of the server with this public key: Z85 in '…', or hex",
      ).argParser(readKey),
  },
  {
    side: 'server',
    option: () =>
      new Option(
        '--curve-server',
        'CURVE server; without --curve-certificate it makes a pair, and prints its public key to standard error',
      ),
  },
  {
    side: null,
    option: () =>
      new Option(
        '--curve-certificate <file>',
        'own pair of a CURVE socket: a secret certificate of CZMQ, as keygen writes it (default: a fresh pair)',
      ),
  },
  {
    side: 'server',
    option: () =>
      new Option(
        '--curve-allow <key>',
        'public key of a client that comes in; can be repeated (default: anyone who knows the key of the server)',
      ).argParser(readKeys),
  },
  {
    side: 'client',
    option: () =>
      new Option(
        '--plain-user <name>',
        `PLAIN client with this user name; its password is in the environment variable ${plainPasswordVariable}`,
      ).argParser(readUserName),
  },
  {
    side: 'server',
    option: () =>
      new Option('--plain-server <file>', 'PLAIN server; the file has a user on each line, as name=password'),
  },
]

/** Adds the flags that secure the socket of a command. Those of a side that it cannot be are taken, too, to say so. */
export function addSecurityOptions(command: Command, sides: readonly SecuritySide[]): void {
  for (const { side, option } of flagRows) {
    const isOther = side !== null && !sides.includes(side)
    command.addOption(option().helpGroup('Security:').hideHelp(isOther))
  }
}
