import { declare, type FileDeclaration } from './declarations.ts'
import { type Edition, knownEditions, proto2Edition } from './features.ts'
import { Lines } from './lines.ts'
import { NamePool } from './name-pool.ts'
import { OptionSet, readOptionStatement } from './option-reader.ts'
import { MessageParser } from './parse-message.ts'
import { readService } from './parse-service.ts'
import { checkedScope, Scope } from './scope.ts'
import { ScopeNames } from './scope-names.ts'
import type { Import } from './syntax-tree.ts'
import { TokenReader } from './token-reader.ts'

/** Parses a .proto file; throws a SourceError with the position. */
export function parseFile(source: string, names = new NamePool()): FileDeclaration {
  // Skip a byte order mark.
  const text = source.replace(/^\u{feff}/u, '')
  const file = readFile(text, names, null)
  // The package is that of all types in a file, those before it too, whose names have been made by then.
  return (file.isPackageLate ? readFile(text, names, file.package) : file).declaration()
}

function readFile(text: string, names: NamePool, packageName: string | null): FileParser {
  const reader = new TokenReader(text, names)
  const file = new FileParser(reader, readEdition(reader), new Lines(text), packageName)
  while (reader.kind !== 'end') file.statement()
  return file
}

/** Reads `syntax = "proto3";` or `edition = "2023";`, if the file begins with one. */
function readEdition(reader: TokenReader): Edition {
  const statement = reader.word
  if (statement !== 'syntax' && statement !== 'edition') return proto2Edition
  reader.next()
  reader.expect('=')
  const at = reader.start
  const name = reader.strings().toString()
  const edition = knownEditions.find((known) => known.name === name && known.statement === statement)
  if (!edition) reader.fail(`Unknown ${statement} '${name}'`, at)
  reader.expect(';')
  return edition
}

class FileParser {
  readonly #options = new OptionSet()
  readonly #imports: Import[] = []
  readonly #messages: MessageParser
  #scope: Scope
  #hasPackage = false
  #isPackageLate = false

  /** `packageName` is null where it is not known yet. */
  constructor(
    private readonly reader: TokenReader,
    private readonly edition: Edition,
    private readonly lines: Lines,
    private readonly packageName: string | null,
  ) {
    this.#messages = new MessageParser(reader, edition)
    this.#scope = new Scope(packageName ?? '', new ScopeNames(reader, null))
  }

  get package(): string {
    return this.#scope.fullName
  }

  /** Whether types came before the package. */
  get isPackageLate(): boolean {
    return this.#isPackageLate
  }

  statement(): void {
    const { reader } = this
    if (reader.skips(';') || this.#messages.declaration(this.#scope)) return
    if (reader.is('option')) readOptionStatement(reader, this.#options)
    else if (reader.is('import')) this.#import()
    else if (reader.is('package') && !this.#hasPackage) this.#readPackage()
    else if (reader.is('service')) readService(reader, this.#scope.names)
    else reader.failIllegal('token')
  }

  declaration(): FileDeclaration {
    const { messages, enums, extensions } = this.#scope
    const { lines } = this
    return declare({
      edition: this.edition,
      package: this.package,
      imports: this.#imports,
      features: this.#options.features,
      messages,
      enums,
      extensions,
      positionAt: (offset) => (offset === null ? null : lines.positionAt(offset)),
    })
  }

  #readPackage(): void {
    const { reader } = this
    reader.expect('package')
    const at = reader.start
    const name = checkedScope(reader.typeName(), at, reader)
    reader.expect(';')
    this.#hasPackage = true
    if (this.packageName !== null) return
    const { messages, enums, extensions, names } = this.#scope
    this.#isPackageLate = messages.length + enums.length + extensions.length > 0
    this.#scope = new Scope(name, names)
  }

  #import(): void {
    const { reader } = this
    reader.expect('import')
    const kind = importKinds.find((word) => reader.skips(word)) ?? 'plain'
    const position = this.lines.positionAt(reader.start)
    const name = reader.strings().toString()
    reader.expect(';')
    // `import option` names a file that only options need.
    if (kind !== 'option') this.#imports.push({ name, kind, position })
  }
}

const importKinds = ['public', 'weak', 'option'] as const
