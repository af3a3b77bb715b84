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
    throw locate(reasonOf(error), text, statements)
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

/** Finds the position of a protobufjs error. */
function locate(message: string, source: string, statements: Statements): SourceError {
  const line = /\((?:.*, )?line (\d+)\)$/.exec(message)?.[1]
  if (line === undefined) return new SourceError(sentence(message), conflictPosition(message, statements))
  const bare = message.replace(/ \([^(]*line \d+\)$/, '')
  const expected = /^illegal token '([\s\S]*)', '([\s\S]*)' expected$/.exec(bare)
  const subject = expected?.[1] ?? /^illegal [a-z ]+ '([\s\S]*)'$/.exec(bare)?.[1]
  const last = statements.tokens.at(-1)
  if (subject === 'null' && !statements.tokens.some(({ text, line: at }) => text === 'null' && at === Number(line))) {
    const what = expected ? `'${expected[2]}' is expected` : 'more is expected'
    return new SourceError(`The file ends where ${what}`, last ? { line: last.line, column: endColumn(last) } : null)
  }
  const position = subjectPosition(subject, Number(line), message, source, statements.tokens)
  return new SourceError(expected ? `Expected '${expected[2]}', found '${expected[1]}'` : sentence(bare), position)
}

const endColumn = ({ column, text }: Token): number => column + text.length

const sentence = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1)

/** The token on a line that an error names. If it occurs several times, the one without which the error changes. */
function subjectPosition(
  subject: string | undefined,
  line: number,
  message: string,
  source: string,
  tokens: readonly Token[],
): Position {
  const onLine = tokens.filter((token) => token.line === line)
  const named = onLine.filter(
    (token) =>
      token.text === subject || (isString(token) && [stringOf(token), token.text.charAt(0)].includes(subject ?? '')),
  )
  const guilty =
    named.length > 1 && named.length <= maximumAttempts
      ? named.find(({ end }) => failureOf(source.slice(0, end)) === message)
      : named[0]
  return guilty ?? named[0] ?? onLine[0] ?? { line, column: 1 }
}

/** Most re-parses of a file to find a column; beyond that the first occurrence is good enough. */
const maximumAttempts = 20

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
