import { z } from '../schema.ts'
import { admissions, maximumDeniedLength, maximumRules, noSecurity, securityKindIds, zapAnswers } from './security.ts'

/** Long enough for whatever a person pastes, so that what is wrong with it can be told. */
const typed = z.string().max(1024)
const secretId = z.string().min(1).max(64)

/** Checks what a window or a file says of how a socket is secured. An older file has none of it, which is no security. */
export const securitySchema = z
  .object({
    kind: z.enum(securityKindIds),
    userName: typed,
    password: secretId.nullable(),
    users: z
      .array(z.object({ id: z.string().min(1).max(64), name: typed, password: secretId.nullable() }))
      .max(maximumRules)
      .readonly(),
    serverKey: typed,
    ownKey: z.string().length(40).nullable(),
    admits: z.enum(admissions),
    clients: z
      .array(z.object({ publicKey: typed, name: z.string().max(80) }))
      .max(maximumRules)
      .readonly(),
    denied: z.array(z.string().max(maximumDeniedLength)).max(maximumRules).readonly(),
    answers: z.enum(zapAnswers),
  })
  .default(noSecurity)
