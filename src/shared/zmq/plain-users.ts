import { InspectorError } from '../errors.ts'
import { formatCount } from '../format.ts'
import { utf8Length } from '../utf8.ts'
import { codePointName } from '../visible-parts.ts'
import { fileLines, refusedAt } from './file-lines.ts'

/** Who may come in to a server with PLAIN. */
export interface PlainUser {
  readonly name: string
  readonly password: string
}

/** PLAIN tells the length of either in one byte. */
export const maximumPlainBytes = 255
export const maximumPlainUsers = 10_000
export const maximumPlainUsersBytes = 1024 * 1024

const visible = (name: string): string => `"${name.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, codePointName)}"`

const separators = [
  { sign: '=', place: /=/ },
  { sign: ':', place: /:/ },
  { sign: 'white space', place: /\s+/ },
]

/** The name and the password of a line. None of the words that are thrown repeats any of it. */
function readLine(number: number, line: string): PlainUser {
  for (const [index, { sign, place }] of separators.entries()) {
    const found = place.exec(line)
    if (!found) continue
    const name = line.slice(0, found.index)
    const other = separators.slice(index + 1).find((each) => each.place.test(name))
    if (other) {
      // Other programs would end the name there: who means what cannot be told.
      throw refusedAt(
        number,
        `${other.sign} stands before ${sign}, so where the name ends is not clear. Write name=password`,
      )
    }
    return { name, password: line.slice(found.index + found[0].length) }
  }
  throw refusedAt(number, 'it has no password. Write name=password, or name= where the password is empty')
}

/**
 * The users in a file for a server with PLAIN: `name=password` on each line, as in the password files of CZMQ; also
 * `name:password` and `name password` where the line has no `=`. A password is all that follows, but for the line break.
 * Lines that begin with `#`, and empty ones, do not count. Throws `InspectorError` (`invalid-argument`, `too-large`) with
 * the number of the line, and never with a password.
 */
export function parsePlainUsers(bytes: Uint8Array): readonly PlainUser[] {
  const users: PlainUser[] = []
  const lines = new Map<string, number>()
  for (const { number, text } of fileLines(bytes, maximumPlainUsersBytes, 'file of users')) {
    const line = text.trimStart()
    if (line === '' || line.startsWith('#')) continue
    const user = readLine(number, line)
    checkLengths(number, user)
    const earlier = lines.get(user.name)
    if (earlier !== undefined) throw refusedAt(number, `the user ${visible(user.name)} is in line ${earlier} already`)
    if (users.length === maximumPlainUsers) {
      throw refusedAt(number, `there are ${formatCount(maximumPlainUsers)} users at most`)
    }
    lines.set(user.name, number)
    users.push(user)
  }
  if (users.length > 0) return users
  throw new InspectorError('invalid-argument', 'The file has no users. Write name=password on a line each.')
}

/** Why PLAIN cannot carry a user name; null when it can. That it is missing is for whoever needs one to say. */
export function problemWithUserName(name: string): string | null {
  const length = utf8Length(name)
  return length <= maximumPlainBytes
    ? null
    : `A user name has ${maximumPlainBytes} bytes at most; this one has ${length}.`
}

/** Throws `InspectorError` (`invalid-argument`) where PLAIN cannot carry the password. */
export function checkPlainPassword(password: string): void {
  if (/\p{Surrogate}/u.test(password)) {
    throw new InspectorError('invalid-argument', 'The password has half a character in it, which cannot be sent.')
  }
  const length = utf8Length(password)
  if (length <= maximumPlainBytes) return
  const message = `A password has ${maximumPlainBytes} bytes at most; this one has ${length}.`
  throw new InspectorError('invalid-argument', message)
}

/** Throws where PLAIN cannot carry the name or the password. */
function checkLengths(number: number, { name, password }: PlainUser): void {
  if (name === '') throw refusedAt(number, 'the name is missing before the password')
  for (const [what, length] of Object.entries({ name: utf8Length(name), password: utf8Length(password) })) {
    if (length <= maximumPlainBytes) continue
    throw refusedAt(number, `a ${what} has ${maximumPlainBytes} bytes at most, and this one has ${length}`)
  }
}
