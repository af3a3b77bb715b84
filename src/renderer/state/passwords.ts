import { toErrorValue } from '../../shared/errors.ts'
import { call } from '../api.ts'
import { setOutcome } from './session-store.ts'

/** A password that was typed and is not kept yet. */
interface TypedPassword {
  readonly socket: string
  readonly text: string
  /** Takes the id under which it is kept. */
  readonly kept: (id: string) => void
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

/** Has the host keep every password that was typed. A failure becomes the outcome of its socket. Never rejects. */
export function keepPasswords(): Promise<void> {
  savings += 1
  saving = saving.then(async () => {
    const all = [...typed.entries()]
    for (const [field, password] of all) {
      // What is typed meanwhile is kept the next time.
      if (typed.get(field) === password) typed.delete(field)
      await keep(password)
    }
    savings -= 1
  })
  return saving
}

async function keep({ socket, text, kept }: TypedPassword): Promise<void> {
  if (text === '') return
  try {
    const { id } = await call('secret.keepPassword', { text })
    kept(id)
  } catch (thrown) {
    const error = toErrorValue(thrown)
    setOutcome(socket, { error: { ...error, details: { ...error.details, field: 'password' } } })
  }
}
