import { readRegularFile } from '../engine/files/regular-file.ts'
import { checkPair } from '../engine/security/key-pair.ts'
import { interfaceAddresses } from '../engine/sockets/interface-addresses.ts'
import { type Endpoint, formatEndpoint, reachableFromOutside } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import { explanationOf } from '../shared/reason.ts'
import type { SessionState } from '../shared/session/state.ts'
import { maximumCertificateBytes, readCertificate } from '../shared/zmq/certificate.ts'
import { maximumPlainUsersBytes, parsePlainUsers } from '../shared/zmq/plain-users.ts'
import { type Security, type SecurityWithSecrets, securityKinds } from '../shared/zmq/security.ts'
import { escapeHidden } from './escape-hidden.ts'
import { complain, UsageError } from './failure.ts'
import {
  checkSide,
  plainPasswordVariable,
  type SecuritySide,
  type SecuritySources,
  securityFlagsSchema,
  securityFor,
  securityKindOf,
} from './security-options.ts'

/** What `parse` makes of a file. Throws `UsageError`, which names the file and never says what is in it. */
async function readNamed<Value>(
  flag: string,
  path: string,
  maximumBytes: number,
  parse: (bytes: Uint8Array) => Value,
): Promise<Value> {
  const refused = (why: string, cause: unknown) => new UsageError(escapeHidden(`${flag} ${path}: ${why}`), { cause })
  let bytes: Uint8Array
  try {
    bytes = (await readRegularFile(path, maximumBytes)).bytes
  } catch (thrown) {
    throw refused(explanationOf(thrown), thrown)
  }
  try {
    return parse(bytes)
  } catch (thrown) {
    if (thrown instanceof InspectorError) throw refused(thrown.message, thrown)
    throw thrown
  }
}

/** Both keys of a certificate. Throws `InspectorError`. */
function pairIn(bytes: Uint8Array): NonNullable<SecuritySources['pair']> {
  const { publicKey, secretKey } = readCertificate(bytes)
  if (secretKey !== null) return checkPair(publicKey, secretKey)
  throw new InspectorError(
    'invalid-argument',
    'This is the certificate for others, without the secret key. Name the one beside it, which ends in _secret.',
  )
}

/**
 * How the socket of a command is secured, by its flags, their files and the environment. `sides`: what the command can be.
 * Throws `UsageError`.
 */
export async function readSecurity(
  given: unknown,
  sides: readonly SecuritySide[] = ['client', 'server'],
): Promise<SecurityWithSecrets> {
  const flags = securityFlagsSchema.parse(given)
  const { curveCertificate, plainServer } = flags
  // Before any file is read: flags that do not go together are the mistake to tell.
  checkSide(securityKindOf(flags), sides)
  return securityFor(flags, {
    pair:
      curveCertificate === undefined
        ? null
        : await readNamed('--curve-certificate', curveCertificate, maximumCertificateBytes, pairIn),
    users:
      plainServer === undefined
        ? []
        : await readNamed('--plain-server', plainServer, maximumPlainUsersBytes, parsePlainUsers),
    password: process.env[plainPasswordVariable] ?? null,
  })
}

const openToAll =
  'encrypted, not authenticated: anyone who knows the public key of this server comes in. Say with --curve-allow who may.'

/** What a person should know of a socket that is secured so. */
function securityWarnings({ kind, admits }: Security, endpoints: readonly Endpoint[]): readonly string[] {
  const isOpen = kind === 'curve-server' && admits === 'anyone'
  const outside = endpoints.find((endpoint) => reachableFromOutside(endpoint, interfaceAddresses()))
  const isOverheard = securityKinds[kind].mechanism === 'PLAIN' && outside !== undefined
  return [
    ...(isOpen ? [openToAll] : []),
    ...(isOverheard
      ? [
          `PLAIN sends user name and password in clear text, here beyond this computer (${formatEndpoint(outside)}). CURVE encrypts.`,
        ]
      : []),
  ]
}

/** Warns of what the security of a socket does not do. */
export function warnOfSecurity(security: Security, endpoints: readonly Endpoint[]): void {
  for (const warning of securityWarnings(security, endpoints)) complain(`warning: ${warning}`)
}

/** Tells the public key of a server that made its pair when it opened: its clients need it. */
export function tellFreshKey({ spec: { security }, ownKey }: SessionState): void {
  if (security.kind === 'curve-server' && security.ownKey === null && ownKey !== null) {
    complain(`public key of this server: ${ownKey}`)
  }
}
