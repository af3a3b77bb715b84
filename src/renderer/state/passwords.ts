import { InspectorError } from '../../shared/errors.ts'
import { call } from '../api.ts'

/** A password that was typed and is not kept yet. */
interface TypedPassword {
  readonly socket: string
  /** The user of a PLAIN server that it is of; null for that of the socket itself. */
  readonly user: string | null
  readonly text: string
  /** Takes the id under which it is kept; null for none. */
  readonly kept: (id: string | null) => void
}

/** By the field that it was typed in. */
const typed = new Map<string, TypedPassword>()
let saving: Promise<void> = Promise.resolve()
/** How many calls of `keepPasswords` are under way. */
let savings = 0

/** Whether a password was typed that is not kept yet. */
export const hasTypedPasswords = (): boolean => typed.size > 0 || savings > 0

/** Takes what was typed in a field. It is kept by `keepPasswords`. */
export const notePassword = (field: string, password: TypedPassword): void => void typed.set(field, password)

/** The field has gone, with what was typed in it. */
export const forgetPassword = (field: string): void => void typed.delete(field)

/**
 * Has the host keep every password that was typed in fields of the socket. Throws `InspectorError` for the first that it
 * does not take, with its `field` and `user`: that one stays to be kept.
 */
export function keepPasswords(socket: string): Promise<void> {
  savings += 1
  const kept = saving
    .then(async () => {
      for (const [field, password] of [...typed.entries()]) {
        if (password.socket === socket) await keep(field, password)
      }
    })
    .finally(() => {
      savings -= 1
    })
  saving = kept.catch(() => undefined)
  return kept
}

async function keep(field: string, password: TypedPassword): Promise<void> {
  const { text, kept, user } = password
  try {
    const id = text === '' ? null : (await call('secret.keepPassword', { text })).id
    // What is typed meanwhile is kept the next time.
    if (typed.get(field) !== password) return
    typed.delete(field)
    kept(id)
  } catch (thrown) {
    if (!(thrown instanceof InspectorError)) throw thrown
    const place = user === null ? { field: 'password' } : { field: 'users', user }
    throw new InspectorError(thrown.code, thrown.message, { ...thrown.details, ...place })
  }
}
