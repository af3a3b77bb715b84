import { z } from '../schema.ts'
import { type SecretState, secretIdForm } from '../secrets.ts'
import { command, nothing } from './command.ts'
import type { SavedFile } from './files.ts'

/** More than any key or password has, so that what is wrong with one is said in words of its own. */
const written = z.string().max(100_000)

/** A public key in Z85, whose secret key the host keeps. */
export interface KeptKey {
  readonly publicKey: string
}

/** What a certificate holds, but for its secret key, which the host keeps. */
export interface ReadCertificate extends KeptKey {
  readonly hasSecret: boolean
  /** Whose it is, as the certificate says; null when it does not. */
  readonly name: string | null
}

/**
 * Keys and passwords. Secrets go to the host and stay there: a window has their ids, and sees one only when a person asks
 * for it.
 */
export const secretCommands = {
  'secret.state': command<SecretState>()(nothing),
  'secret.keepPassword': command<{ readonly id: string }>()(z.object({ text: written })),
  /** What a person asked to see. */
  'secret.reveal': command<{ readonly text: string }>()(z.object({ id: z.string().regex(secretIdForm) })),
  'key.create': command<KeptKey>()(nothing),
  /** Keeps a secret key as people paste it. With a public key, both have to belong together. */
  'key.import': command<KeptKey>()(z.object({ text: written, publicKey: written.optional() })),
  /**
   * Lets the person choose a file with a key: a certificate, or the key alone, as 32 bytes or as text. For a `pair` its
   * secret key is kept; a key alone is then the secret one. Null when they cancelled.
   */
  'key.readCertificate': command<ReadCertificate | null>()(z.object({ wants: z.enum(['public', 'pair']) })),
  /** Lets the person choose where to save a certificate. `name` says whose it is; empty for nobody. */
  'key.writeCertificate': command<SavedFile>()(
    z.object({ publicKey: written, name: z.string().max(1000), withSecret: z.boolean() }),
  ),
}
