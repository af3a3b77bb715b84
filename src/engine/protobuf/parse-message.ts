import type { Edition, FeatureChange } from './features.ts'
import type { FieldTarget } from './field-parts.ts'
import { type FieldRules, fieldRules } from './field-rules.ts'
import { OptionSet, readOptionList, readOptionStatement } from './option-reader.ts'
import { parseEnum } from './parse-enum.ts'
import { parseField } from './parse-field.ts'
import type { Scope } from './scope.ts'
import { readRange } from './scope-names.ts'
import type { FieldNode, MessageNode } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads the messages, enums and extensions of a file. */
export class MessageParser {
  readonly #rules: FieldRules

  constructor(
    private readonly reader: TokenReader,
    private readonly edition: Edition,
  ) {
    this.#rules = fieldRules(edition.name)
  }

  /** Reads a message, an enum or an `extend` into the scope; false when the token begins none of them. */
  declaration(scope: Scope): boolean {
    const { reader } = this
    const { word } = reader
    if (this.edition.statement === 'edition' && (word === 'export' || word === 'local')) {
      const next = reader.peekWord()
      if (next === 'message' || next === 'enum') reader.next()
    }
    const read = this.#declarations.get(reader.word)
    read?.(scope)
    return read !== undefined
  }

  readonly #declarations: ReadonlyMap<string, (scope: Scope) => void> = new Map([
    ['message', (scope) => this.#message(scope)],
    ['enum', (scope) => this.#enum(scope)],
    ['extend', (scope) => this.#extend(scope)],
  ])

  #message(scope: Scope): void {
    const { reader } = this
    reader.expect('message')
    const at = reader.start
    const name = reader.identifier()
    scope.names.addName(name, at)
    scope.messages.push(this.#body(scope, name, at))
  }

  #enum(scope: Scope): void {
    scope.enums.push(parseEnum(this.reader, (name, at) => scope.names.addName(name, at)))
  }

  /** Reads the braces of a message, or of a group, which is one. */
  #body(outer: Scope, name: string, nameAt: number): MessageNode {
    const { reader } = this
    const scope = outer.within(name, nameAt, reader)
    const options = new OptionSet()
    const fields: FieldNode[] = []
    reader.block('{', '}', () => this.#statement(scope, options, fields))
    scope.names.checkReserved()
    const { messages, enums, extensions } = scope
    const isMessageSet = options.flag('message_set_wire_format') === true
    return {
      name,
      nameAt,
      features: options.features,
      fields,
      messages,
      enums,
      extensions,
      isMapEntry: false,
      isMessageSet,
    }
  }

  #statement(scope: Scope, options: OptionSet, fields: FieldNode[]): void {
    const { reader } = this
    if (reader.skips(';') || this.declaration(scope)) return
    if (reader.is('option')) readOptionStatement(reader, options)
    else if (reader.is('oneof')) this.#oneof(scope, fields)
    else if (reader.is('extensions')) this.#extensionRanges()
    else if (reader.is('reserved')) scope.names.readReserved()
    else this.#field({ scope, fields, oneof: null, extendee: null })
  }

  #field(target: FieldTarget): void {
    parseField(this.reader, this.#rules, target, (scope, name, at) => this.#body(scope, name, at))
  }

  #oneof(scope: Scope, fields: FieldNode[]): void {
    const { reader } = this
    reader.expect('oneof')
    const at = reader.start
    const name = reader.identifier()
    scope.names.addName(name, at)
    const options = new OptionSet()
    const oneof: { name: string; features: FeatureChange | null } = { name, features: null }
    reader.block('{', '}', () => {
      if (reader.is('option')) readOptionStatement(reader, options)
      else this.#field({ scope, fields, oneof, extendee: null })
    })
    // The options of a oneof may follow its fields.
    oneof.features = options.features
  }

  #extend(scope: Scope): void {
    const { reader } = this
    reader.expect('extend')
    const at = reader.start
    const extendee = { name: reader.typeName(), at }
    reader.block('{', '}', () => {
      if (!reader.skips(';')) this.#field({ scope, fields: scope.extensions, oneof: null, extendee })
    })
  }

  /** Reads `extensions 4 to max [options];`. The numbers say nothing about a codec. */
  #extensionRanges(): void {
    const { reader } = this
    reader.expect('extensions')
    do readRange(reader)
    while (reader.skips(','))
    readOptionList(reader)
    reader.expect(';')
  }
}
