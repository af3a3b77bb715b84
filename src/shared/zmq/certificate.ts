import { InspectorError } from '../errors.ts'
import { isPlain } from '../plain-text.ts'
import { utf8Length } from '../utf8.ts'
import { fileLines, refusedAt } from './file-lines.ts'
import { type KeyKind, noKey, parsePublicKey, parseSecretKey } from './keys.ts'

/** What a certificate of CZMQ holds. Keys in Z85. */
export interface Certificate {
  readonly publicKey: string
  /** Null in a public certificate. */
  readonly secretKey: string | null
  /** What is said of the owner, such as `name` and `email`. */
  readonly metadata: ReadonlyMap<string, string>
}

export const maximumCertificateBytes = 64 * 1024

/** Names that CZMQ reads. */
const nameForm = /^[\w$\-@.&+/]+$/
const keyNames = ['public-key', 'secret-key'] as const
/** CZMQ cuts lines off after 1,024 bytes. */
const longestLine = 1000

const foreign = 'it is no certificate of CZMQ, which has the sections metadata and curve'

/** What is left of a line after a value: nothing, or a comment. */
const isOver = (rest: string): boolean => /^\s*(?:#.*)?$/.test(rest)

/** The text before a comment that begins before `end`. */
function withoutComment(text: string, end: number): string {
  const comment = text.slice(0, end).search(/(?:^|\s)#/)
  return comment < 0 ? text : text.slice(0, comment).trimEnd()
}

/** A value in quotes, as ZPL has it; null when it is not in quotes from its beginning to its end. */
function quotedValue(text: string): string | null {
  const { inside, rest } = /^(?<quote>["'])(?<inside>.*?)\k<quote>(?<rest>.*)$/s.exec(text)?.groups ?? {}
  return inside !== undefined && rest !== undefined && isOver(rest) ? inside : null
}

/** Some programs write values as they are, and then a quote is one of their characters. */
const metadataValue = (text: string): string => quotedValue(text) ?? withoutComment(text, text.length)

/** A key without quotes ends at white space: `#` is one of its characters. */
function keyValue(text: string, line: number): string {
  if (/^["']/.test(text)) {
    const quoted = quotedValue(text)
    if (quoted === null) throw refusedAt(line, 'the quotes around the key do not end where the line does')
    return quoted
  }
  const { key = '', rest = '' } = /^(?<key>\S*)(?<rest>.*)$/.exec(text)?.groups ?? {}
  if (!isOver(rest)) throw refusedAt(line, 'something stands after the key')
  return key
}

function parseKeyAt(line: number, kind: KeyKind, text: string): string {
  try {
    return kind === 'public' ? parsePublicKey(text) : parseSecretKey(text)
  } catch (thrown) {
    if (!(thrown instanceof InspectorError)) throw thrown
    throw new InspectorError('invalid-argument', `Line ${line}: ${thrown.message}`, { line })
  }
}

/**
 * Reads a certificate as CZMQ and pyzmq write it (ZPL, ZeroMQ RFC 4), public or secret. Indentation is not looked at, so
 * tabs do, too. Throws `InspectorError` (`invalid-argument`, or `too-large`) with the line and the cause, and never with
 * what stands in the line, which may be a secret.
 */
export function readCertificate(bytes: Uint8Array): Certificate {
  const metadata = new Map<string, string>()
  const keys = new Map<KeyKind, string>()
  let section: string | null = null
  for (const { number, text } of fileLines(bytes, maximumCertificateBytes, 'certificate')) {
    const line = text.trim()
    const content = withoutComment(line, line.includes('=') ? line.indexOf('=') : line.length)
    if (content === '') continue
    if (!isPlain(text)) throw refusedAt(number, 'it has a control character')
    const equals = content.indexOf('=')
    const name = (equals < 0 ? content : content.slice(0, equals)).trim()
    const value = equals < 0 ? '' : content.slice(equals + 1).trim()
    if (equals < 0 && !/^\s/.test(text)) {
      if (!nameForm.test(name)) throw refusedAt(number, foreign)
      section = name
      continue
    }
    if (section === null) throw refusedAt(number, foreign)
    if (name === '') throw refusedAt(number, 'a name is missing before =')
    // Of two with the same name, CZMQ takes the first.
    if (section === 'metadata' && !metadata.has(name)) metadata.set(name, metadataValue(value))
    if (section !== 'curve' || !isKeyName(name)) continue
    const kind = name === 'public-key' ? 'public' : 'secret'
    if (keys.has(kind)) throw refusedAt(number, `there is a second ${name}`)
    const written = keyValue(value, number)
    // CZMQ writes zeros for the secret key of a certificate that has none.
    if (kind === 'public' || written !== noKey) keys.set(kind, parseKeyAt(number, kind, written))
  }
  const publicKey = keys.get('public')
  if (publicKey !== undefined) return { publicKey, secretKey: keys.get('secret') ?? null, metadata }
  const missing = section === null ? `${foreign}: it is empty` : 'the section curve has no public-key'
  throw new InspectorError('invalid-argument', `This certificate cannot be read: ${missing}.`)
}

const isKeyName = (name: string): boolean => keyNames.some((each) => each === name)

const about = {
  public: 'A public certificate of CURVE. Give it to the other end in a way that nobody can tamper with.',
  secret: 'A secret certificate of CURVE: it has the secret key. Keep it, and its permissions, to yourself.',
}

const refused = (message: string): InspectorError => new InspectorError('invalid-argument', message)

function metadataLine(name: string, value: string): string {
  // pyzmq takes every line that begins so for a key.
  const isTaken = keyNames.some((each) => name.startsWith(each))
  if (!nameForm.test(name) || name.startsWith('/') || name.endsWith('/') || isTaken) {
    throw refused('A name in a certificate has letters and digits of ASCII, and any of $ - _ @ . & + within.')
  }
  if (!isPlain(value) || /[\t\r\n]/.test(value) || /\p{Surrogate}/u.test(value)) {
    throw refused(`The ${name} of a certificate is one line, without control characters.`)
  }
  const quote = ['"', "'"].find((each) => !value.includes(each))
  if (quote === undefined) throw refused(`The ${name} of a certificate may have ' or " in it, but not both.`)
  const line = `    ${name} = ${quote}${value}${quote}`
  if (utf8Length(line) > longestLine) throw refused(`The ${name} of a certificate is too long.`)
  return line
}

/**
 * The text of a certificate that CZMQ, pyzmq and `readCertificate` read: a secret one when it has a secret key. The keys
 * are in Z85. Throws `InspectorError` (`invalid-argument`) for metadata that cannot stand in one.
 */
export function writeCertificate({ publicKey, secretKey, metadata }: Certificate): string {
  const lines = [
    `#   ${about[secretKey === null ? 'public' : 'secret']}`,
    '',
    'metadata',
    ...[...metadata].map(([name, value]) => metadataLine(name, value)),
    'curve',
    `    public-key = "${publicKey}"`,
    ...(secretKey === null ? [] : [`    secret-key = "${secretKey}"`]),
  ]
  const text = `${lines.join('\n')}\n`
  if (utf8Length(text) > maximumCertificateBytes) throw refused('The certificate has too much metadata.')
  return text
}
