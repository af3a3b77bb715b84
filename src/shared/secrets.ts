import type { ErrorValue } from './errors.ts'
import { fingerprintOf } from './zmq/keys.ts'

/** `curve:` with a public key in Z85, or `password:` with a UUID. What an id names is never in it. */
export const secretIdForm = /^(?:curve:[\w.\-:+=^!/*?&<>()[\]{}@%$#]{40}|password:[\da-f-]{36})$/

/** The secrets that sockets can use, without the secrets themselves. */
export interface SecretState {
  /** `system`: encrypted by the system's key store, over restarts. `this-run`: in memory, until the application ends. */
  readonly store: 'system' | 'this-run'
  /** Why secrets are missing, or not kept. That there is no key store is none: `store` says so. */
  readonly problem: ErrorValue | null
  /** The ids of all that can be used now. */
  readonly kept: readonly string[]
}

/** What to do about a secret that is not there. */
export function wordsForMissing(id: string): string {
  const [, publicKey] = /^curve:(.*)$/s.exec(id) ?? []
  if (publicKey === undefined) return 'The password is not kept here. Write it again.'
  return `The secret key of ${fingerprintOf(publicKey)} is not kept here. Paste it again, or make a new pair.`
}
