import { changeByName, type FeatureChange } from './features.ts'
import type { TokenReader } from './token-reader.ts'

/** A value as written: text to parse by its type, or the bytes of a string. */
export type WrittenValue =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'string'; readonly bytes: Buffer }

export interface WrittenOption {
  readonly value: WrittenValue
  /** Offset of its name in the file. */
  readonly at: number
}

/** The options that say something about types; all others are read and dropped. */
const knownNames: ReadonlySet<string> = new Set([
  'default',
  'json_name',
  'packed',
  'allow_alias',
  'message_set_wire_format',
])

/** What the options of one element say about types. */
export class OptionSet {
  features: FeatureChange | null = null
  readonly #values = new Map<string, WrittenOption>()

  get(name: string): WrittenOption | null {
    return this.#values.get(name) ?? null
  }

  /** The value of a `bool` option; null where it is not set. */
  flag(name: string): boolean | null {
    const value = this.get(name)?.value
    return value?.kind === 'word' ? value.text === 'true' : null
  }

  set(name: string, option: WrittenOption, reader: TokenReader): void {
    if (knownNames.has(name)) this.#values.set(name, option)
    if (!name.startsWith('features.')) return
    const value = option.value.kind === 'word' ? option.value.text : option.value.bytes.toString()
    const change = changeByName(name.slice('features.'.length), value)
    if (!change) reader.fail(`'${value}' is no value of ${name}`, option.at)
    this.features = { ...this.features, ...change }
  }
}

/** Reads `option name = value;`. */
export function readOptionStatement(reader: TokenReader, options: OptionSet): void {
  reader.expect('option')
  readOption(reader, options)
  reader.expect(';')
}

/** Reads `[name = value, …]`, which may be missing; null then. */
export function readOptionList(reader: TokenReader): OptionSet | null {
  if (!reader.skips('[')) return null
  const options = new OptionSet()
  do readOption(reader, options)
  while (reader.skips(','))
  reader.expect(']')
  return options
}

function readOption(reader: TokenReader, options: OptionSet): void {
  const at = reader.start
  let name = optionNamePart(reader)
  while (reader.skips('.')) name += `.${optionNamePart(reader)}`
  reader.expect('=')
  if (reader.is('{')) readAggregate(reader, { name, options })
  else options.set(name, { value: readScalar(reader), at }, reader)
}

/** A word, or the name of an extension in parentheses. */
function optionNamePart(reader: TokenReader): string {
  if (!reader.skips('(')) return reader.identifier()
  const name = reader.typeName()
  reader.expect(')')
  return `(${name})`
}

function readScalar(reader: TokenReader): WrittenValue {
  if (reader.kind === 'string') return { kind: 'string', bytes: reader.strings() }
  const sign = reader.skips('-') ? '-' : ''
  if (reader.kind !== 'word' && reader.kind !== 'number') reader.failIllegal('value')
  const text = sign + reader.word
  reader.next()
  return { kind: 'word', text }
}

/** Where the fields of an aggregate belong: the option `features` may be written as one. */
interface Aggregate {
  readonly name: string
  readonly options: OptionSet
}

/** How a message begins and ends in the text format. */
const braces: readonly (readonly [open: string, close: string])[] = [
  ['{', '}'],
  ['<', '>'],
]

/** Reads a message in the text format; its fields become options of `within`, or are dropped. */
function readAggregate(reader: TokenReader, within: Aggregate | null): void {
  const pair = braces.find(([open]) => reader.is(open))
  if (!pair) reader.failIllegal('value')
  const [open, close] = pair
  reader.block(open, close, () => {
    const at = reader.start
    const name = aggregateName(reader)
    const hasColon = reader.skips(':')
    if (reader.is('[')) readList(reader)
    else if (!hasColon || reader.is('{') || reader.is('<')) readAggregate(reader, null)
    else {
      const value = readScalar(reader)
      within?.options.set(`${within.name}.${name}`, { value, at }, reader)
    }
    if (!reader.skips(',')) reader.skips(';')
  })
}

/** A field's name, or the name of an extension or of a type in an Any in brackets. */
function aggregateName(reader: TokenReader): string {
  if (!reader.skips('[')) return reader.identifier()
  let name = reader.typeName()
  while (reader.skips('/') || reader.skips('-')) name += `/${reader.typeName()}`
  reader.expect(']')
  return `[${name}]`
}

function readList(reader: TokenReader): void {
  reader.block('[', ']', () => {
    if (reader.is('{') || reader.is('<')) readAggregate(reader, null)
    else readScalar(reader)
    if (!reader.is(']')) reader.expect(',')
  })
}
