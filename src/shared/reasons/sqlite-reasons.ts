import { codeOf, type KnownReason, known } from './known-reason.ts'

const damaged = known('the file is damaged')
const cannotOpen = known(
  'the file cannot be opened: it is a folder, its folder is missing, or this user may not use it',
  'Check the path and its permissions, then start the application again.',
)

/** SQLite's primary result codes, by name and number. */
const rows: readonly (readonly [code: number, name: string, reason: KnownReason])[] = [
  [3, 'PERM', known('this user has no permission to use the file', 'Change its permissions.')],
  [5, 'BUSY', known('another program has locked the file', 'Close that program, then try again.')],
  [6, 'LOCKED', known('the file is locked by other work of this application', 'Try again in a moment.')],
  [7, 'NOMEM', known('there is not enough memory', 'Close other programs, then try again.')],
  [8, 'READONLY', known('the file can only be read, not written', 'Change its permissions, or those of its folder.')],
  [10, 'IOERR', known('the disk failed to read or write', 'Check the disk or the network drive.')],
  [11, 'CORRUPT', damaged],
  [13, 'FULL', known('the disk is full', 'Free some space there, then try again.')],
  [14, 'CANTOPEN', cannotOpen],
  [18, 'TOOBIG', known('a value is larger than SQLite can keep')],
  [22, 'NOLFS', known('the file is larger than this disk can keep')],
  [23, 'AUTH', known('this user has no permission to use the file', 'Change its permissions.')],
  [24, 'FORMAT', damaged],
  [26, 'NOTADB', known('the file is not an SQLite database')],
]

/** libsql tells the failure to open a file by number, inside a Rust expression: `ConnectionFailed("… log.sqlite: 14")`. */
const connectionFailed = /^ConnectionFailed\(".*: (?<code>\d+)"\)$/s

/** An extended code holds the primary one: `SQLITE_IOERR_WRITE`, or in the lowest byte of the number. */
const ofNumber = (code: number) => rows.find(([each]) => each === (code & 0xff))?.[2]
const ofName = (code: string) => rows.find(([, name]) => `${code}_`.startsWith(`SQLITE_${name}_`))?.[2]

/** The reason for an error of SQLite or libsql; null for any other. */
export function sqliteReason(thrown: Error): KnownReason | null {
  const number = connectionFailed.exec(thrown.message)?.groups?.code
  if (number !== undefined) return ofNumber(Number(number)) ?? known(`SQLite cannot open the file (code ${number})`)
  const code = codeOf(thrown)
  return (code !== null && ofName(code)) || null
}
