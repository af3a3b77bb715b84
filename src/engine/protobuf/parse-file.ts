import protobuf from 'protobufjs'
import { reasonOf } from '../../shared/reason.ts'
import type { FileDeclaration } from './declarations.ts'
import { defaultFromTokens } from './default-value.ts'
import { defaultFeatures } from './features.ts'
import { readReflection } from './reflection.ts'
import { declaredName, type Statement, Statements } from './statements.ts'
import { isString, type Position, SourceError, stringBytes, type Token, tokensOf } from './tokens.ts'

/** Parses a .proto file; throws a SourceError with the position. */
export function parseFile(source: string): FileDeclaration {
  // Skip a byte order mark.
  const text = source.replace(/^\u{feff}/u, '')
  const statements = new Statements(tokensOf(text))
  const { edition } = statements
  if (!defaultFeatures.has(edition.name)) throw new SourceError(`Unknown edition '${edition.name}'`, edition.position)
  let root: protobuf.Root
  try {
    root = parseText(text)
  } catch (error) {
    throw locate(reasonOf(error), statements)
  }
  const declarations = readReflection(root, edition.name, (fullName) => {
    const tokens = statements.defaultOf(fullName)
    return tokens && defaultFromTokens(tokens)
  })
  return {
    messages: declarations.messages,
    enums: declarations.enums,
    extensions: declarations.extensions,
    imports: statements.imports,
    positionOf: (fullName, word) => statements.positionOf(fullName, word),
  }
}

const parseText = (text: string): protobuf.Root => protobuf.parse(text, new protobuf.Root(), { keepCase: true }).root

/** Where protobufjs tells the line, at the end of its messages: `… (line 3)`. */
const lineAtEnd = / \((?:[^()]{0,1000}, )?line (\d+)\)$/
/** Longer than the end of any message, and short enough to search, however long the token is that it names. */
const endLength = 2000

interface Failure {
  readonly line: number
  /** Without the line. */
  readonly words: string
}

/** A protobufjs error that tells its line; null for any other. */
function failureIn(message: string): Failure | null {
  const end = lineAtEnd.exec(message.slice(-endLength))
  return end ? { line: Number(end[1]), words: message.slice(0, message.length - end[0].length) } : null
}

/** `illegal token '=', ';' expected` and `illegal id 'x'`. A token can be long and hold quotes itself. */
function illegalIn(words: string): { readonly token: string; readonly expected: string | null } | null {
  const open = words.indexOf("'")
  if (!words.startsWith('illegal ') || open < 0) return null
  if (words.endsWith("' expected")) {
    const between = words.lastIndexOf("', '")
    if (between < open) return null
    return { token: words.slice(open + 1, between), expected: words.slice(between + 4, -"' expected".length) }
  }
  return words.endsWith("'") ? { token: words.slice(open + 1, -1), expected: null } : null
}

/** Finds the position of a protobufjs error. */
function locate(message: string, statements: Statements): SourceError {
  const failure = failureIn(message)
  if (!failure) return new SourceError(sentence(message), conflictPosition(message, statements))
  const { tokens } = statements
  const illegal = illegalIn(failure.words)
  const last = tokens.at(-1)
  if (illegal?.token === 'null' && !tokens.some(({ text, line }) => text === 'null' && line === failure.line)) {
    const what = illegal.expected === null ? 'more is expected' : `'${illegal.expected}' is expected`
    return new SourceError(`The file ends where ${what}`, last ? { line: last.line, column: endColumn(last) } : null)
  }
  const position = guiltyToken(illegal?.token, failure, tokens)
  if (!illegal) return new SourceError(sentence(failure.words), position)
  const token = shortened(illegal.token)
  const words =
    illegal.expected === null
      ? `${sentence(failure.words.slice(0, failure.words.indexOf("'")))}'${token}'`
      : `Expected '${illegal.expected}', found '${token}'`
  return new SourceError(words, position)
}

/** A token can be as long as its file. */
const shortened = (token: string): string => (token.length > 80 ? `${token.slice(0, 80)}…` : token)

const endColumn = ({ column, text }: Token): number => column + text.length

const sentence = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1)

/**
 * The token that an error is about. protobufjs tells no columns, so it reads the tokens again with each on a line of its
 * own: the line that it tells then is the number of the token, give or take those that it looked ahead.
 */
function guiltyToken(subject: string | undefined, { line, words }: Failure, tokens: readonly Token[]): Position {
  const isNamed = (token: Token) =>
    token.text === subject || (isString(token) && [stringOf(token), token.text.charAt(0)].includes(subject ?? ''))
  const again = failureIn(failureOf(tokens.map(({ text }) => text).join('\n')) ?? '')
  if (again?.words === words) {
    const near = tokens.slice(Math.max(0, again.line - lookAhead), again.line).reverse()
    const found = near.find((token) => token.line === line && isNamed(token))
    if (found) return found
  }
  const onLine = tokens.filter((token) => token.line === line)
  return onLine.find(isNamed) ?? onLine[0] ?? { line, column: 1 }
}

/** How many tokens protobufjs may have read beyond the one that it tells. */
const lookAhead = 4

const stringOf = (token: Token): string => stringBytes(token).toString()

function failureOf(source: string): string | null {
  try {
    parseText(source)
    return null
  } catch (error) {
    return reasonOf(error)
  }
}

/** The position of a duplicate or reserved name or number, for which protobufjs reports no line. */
function conflictPosition(message: string, statements: Statements): Position | null {
  const conflict = /^(duplicate )?(?:name '([^']*)'|id (\d+)).* in (?:\w+) ?\.?([\w.]*)$/.exec(message)
  if (!conflict) return null
  const [, duplicate, name, number, owner] = conflict
  const candidates = statements.all.filter((statement) => {
    if (!isWithin(statement, owner ?? '')) return false
    return number === undefined ? declaredName(statement)?.text === name : numberOf(statement) === Number(number)
  })
  const guilty = candidates[duplicate === undefined ? 0 : 1] ?? candidates[0]
  if (!guilty) return null
  return (number === undefined ? undefined : numberToken(guilty)) ?? declaredName(guilty) ?? null
}

/** The owner is a bare name when protobufjs has not added it to its package yet. */
const isWithin = ({ scope }: Statement, owner: string): boolean => scope === owner || scope.endsWith(`.${owner}`)

function numberToken({ tokens }: Statement): Token | undefined {
  const equals = tokens.findIndex(({ text }) => text === '=')
  return equals < 0 ? undefined : tokens[equals + 1]
}

const numberOf = (statement: Statement): number => Number(numberToken(statement)?.text)
