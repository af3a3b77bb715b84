import { isString, type Position, SourceError, stringBytes, type Token } from './tokens.ts'

/** One statement of a .proto file, or the head of a block. */
export interface Statement {
  /** Full name of the enclosing message or enum, or the package. */
  readonly scope: string
  readonly tokens: readonly Token[]
}

const joined = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`)

/** The name of a block; undefined for a block that only groups, such as a oneof. */
function blockName(head: readonly Token[]): Token | undefined {
  const words = head[0]?.text === 'export' || head[0]?.text === 'local' ? head.slice(1) : head
  if (['message', 'enum', 'service'].includes(words[0]?.text ?? '')) return words[1]
  const group = words.findIndex(({ text }) => text === 'group')
  return (group === 0 || group === 1) && words[group + 2]?.text === '=' ? words[group + 1] : undefined
}

/** protoc allows 32 messages inside one another. */
const maximumDepth = 100
/** Every name in a scope begins with it, so one that is endless would exhaust memory. */
const maximumScopeLength = 1000

function checkedScope(scope: string, position: Position): string {
  if (scope.length <= maximumScopeLength) return scope
  throw new SourceError(
    `The full name of a package or message has more than ${maximumScopeLength} characters`,
    position,
  )
}

function splitStatements(tokens: readonly Token[]): Statement[] {
  const statements: Statement[] = []
  const scopes: string[] = []
  let scope = ''
  let current: Token[] = []
  /** Nesting inside an option's value, where braces do not open blocks. */
  let valueDepth = 0
  for (const token of tokens) {
    const { text } = token
    const isOption = current[0]?.text === 'option'
    if (text === '[' || (text === '{' && (valueDepth > 0 || isOption))) valueDepth += 1
    else if (valueDepth > 0 && (text === ']' || text === '}')) valueDepth -= 1
    else if (text === '{') {
      statements.push({ scope, tokens: current })
      scopes.push(scope)
      const name = blockName(current)
      if (scopes.length > maximumDepth) {
        throw new SourceError(`Blocks are nested more than ${maximumDepth} deep`, token)
      }
      if (name) scope = checkedScope(joined(scope, name.text), name)
      current = []
      continue
    } else if (text === '}' || (text === ';' && valueDepth === 0)) {
      if (current.length > 0) statements.push({ scope, tokens: current })
      if (current[0]?.text === 'package') scope = checkedScope(packageName(current), current[0])
      if (text === '}') scope = scopes.pop() ?? scope
      current = []
      continue
    }
    current.push(token)
  }
  if (current.length > 0) statements.push({ scope, tokens: current })
  return statements
}

const packageName = (tokens: readonly Token[]): string =>
  tokens
    .slice(1)
    .map(({ text }) => text)
    .join('')

const unnamed = ['option', 'import', 'package', 'syntax', 'edition', 'reserved', 'extensions', 'extend', 'rpc']

/** The token with the name that a statement declares. */
export function declaredName({ tokens }: Statement): Token | undefined {
  const first = tokens[0]?.text ?? ''
  if (first === 'oneof') return tokens[1]
  const block = blockName(tokens)
  if (block) return block
  const equals = tokens.findIndex(({ text }) => text === '=')
  return equals < 1 || (unnamed.includes(first) && equals === 1) ? undefined : tokens[equals - 1]
}

export interface Import {
  readonly name: string
  readonly kind: 'plain' | 'public' | 'weak'
  readonly position: Position | null
}

/** The statements of a file, for what protobufjs does not provide: positions, the edition, and values as written. */
export class Statements {
  readonly all: readonly Statement[]
  readonly #byName = new Map<string, Statement[]>()

  constructor(readonly tokens: readonly Token[]) {
    this.all = splitStatements(tokens)
    for (const statement of this.all) {
      const name = declaredName(statement)
      if (!name) continue
      const fullName = joined(statement.scope, name.text)
      const sameName = this.#byName.get(fullName)
      if (sameName) sameName.push(statement)
      else this.#byName.set(fullName, [statement])
    }
  }

  /** The statements that declare a full name: exactly one in a valid file. */
  declaring(fullName: string): readonly Statement[] {
    return this.#byName.get(fullName) ?? []
  }

  /** The declared syntax or edition. */
  get edition(): { readonly name: string; readonly position: Position | null } {
    const value = this.all.find(({ tokens }) => ['syntax', 'edition'].includes(tokens[0]?.text ?? ''))?.tokens[2]
    return value && isString(value)
      ? { name: stringBytes(value).toString(), position: value }
      : { name: 'proto2', position: null }
  }

  get package(): string {
    const statement = this.all.find(({ tokens }) => tokens[0]?.text === 'package')
    return statement ? packageName(statement.tokens) : ''
  }

  get imports(): Import[] {
    return this.all.flatMap(({ tokens }): Import[] => {
      const name = tokens.find(isString)
      // `import option` names a file that only options need.
      if (tokens[0]?.text !== 'import' || tokens[1]?.text === 'option' || !name) return []
      const word = tokens[1]?.text
      const kind = word === 'public' || word === 'weak' ? word : 'plain'
      return [{ name: stringBytes(name).toString(), kind, position: name }]
    })
  }

  /** The position of a word in the statement that declares a name, or else of that name. */
  positionOf(fullName: string, word: string): Position | null {
    const statement = this.declaring(fullName).at(-1)
    if (!statement) return null
    return statement.tokens.find(({ text }) => text === word) ?? declaredName(statement) ?? null
  }

  /** The tokens of a field's `default`, as written. */
  defaultOf(fullName: string): readonly Token[] | null {
    const { tokens } = this.declaring(fullName)[0] ?? { tokens: [] }
    // A field may itself be named `default`: it is the option only after the bracket.
    const bracket = tokens.findIndex(({ text }) => text === '[')
    const option = tokens.findIndex(
      ({ text }, index) => index > bracket && text === 'default' && tokens[index + 1]?.text === '=',
    )
    if (bracket < 0 || option < 0) return null
    const value = tokens.slice(option + 2)
    const end = value.findIndex(({ text }) => text === ',' || text === ']')
    return end < 0 ? value : value.slice(0, end)
  }
}
