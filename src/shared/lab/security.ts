import { InspectorError } from '../errors.ts'
import { z } from '../schema.ts'
import { noSecurity, type Security, securityKinds } from '../zmq/security.ts'

/**
 * How the sockets of a run are secured, as its document tells it: without secrets and their ids. A document of before has
 * none of it, which is no security.
 */
export const labSecuritySchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('plain-client'), userName: z.string().max(1024) }),
    z.object({
      kind: z.literal('curve-client'),
      /** As a person wrote it. */
      serverKey: z.string().max(1024),
      /** In Z85; null for a pair that is made for the run. */
      ownKey: z.string().length(40).nullable(),
    }),
  ])
  .default({ kind: 'none' })

export type LabSecurity = z.infer<typeof labSecuritySchema>

/** The part of a socket's security that a run tells. Throws `InspectorError` for a server: the lab asks as a client. */
export function labSecurityOf({ kind, userName, serverKey, ownKey }: Security): LabSecurity {
  switch (kind) {
    case 'none':
      return { kind }
    case 'plain-client':
      return { kind, userName }
    case 'curve-client':
      return { kind, serverKey, ownKey }
    case 'plain-server':
    case 'curve-server':
      throw new InspectorError(
        'invalid-argument',
        `The lab sends requests as a client, and this socket is a ${securityKinds[kind].label}. Choose a client, or no security.`,
      )
  }
}

/** The security of a socket that is secured so. `password`: the id of the secret that is its password. */
export const securityOfLab = (security: LabSecurity, password: string | null): Security => ({
  ...noSecurity,
  ...security,
  password,
})
