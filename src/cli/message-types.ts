import { InvalidArgumentError } from 'commander'
import type { CodecOptions } from '../shared/codecs/index.ts'
import { messageNames } from '../shared/codecs/protobuf/names.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import { formatCount } from '../shared/format.ts'
import type { SchemaProblem, SchemaSource } from '../shared/protobuf-sources.ts'
import { escapeHidden } from './escape-hidden.ts'
import { complain, UsageError } from './failure.ts'

/** Most types listed in a message about an unknown one. */
const listedTypes = 10
/** Most files that are warned of: thousands can follow from one. */
const listedProblems = 10

/** The options that name Protobuf message types. */
export interface MessageTypeOptions {
  readonly proto: readonly string[]
  readonly include: readonly string[]
}

/** Collects the values of a repeatable option. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  if (value === '') throw new InvalidArgumentError('Name a file or a folder.')
  return [...before, value]
}

function problemText({ path, line, column, message }: SchemaProblem): string {
  const place = [path, line, column].filter((part) => part !== null).join(':')
  return escapeHidden(`${place}: ${message}`)
}

const noTypes: ProtobufSchema = { messages: {}, enums: {} }

function warnOf(problems: readonly SchemaProblem[]): void {
  for (const problem of problems.slice(0, listedProblems)) complain(`warning: ${problemText(problem)}`)
  const more = problems.length - listedProblems
  if (more > 0) complain(`warning: ${formatCount(more)} more problems`)
}

/**
 * Loads the message types, if a source or one of the types is named. Warns of files with errors where every named type
 * is sound; otherwise throws `UsageError`, which names file, line and column of each problem.
 */
export async function loadMessageTypes(
  { proto, include }: MessageTypeOptions,
  ...types: readonly (string | undefined)[]
): Promise<ProtobufSchema> {
  if (proto.length === 0 && types.every((type) => type === undefined)) return noTypes
  const [{ loadSchema }, { kindOf }] = await Promise.all([
    import('../engine/protobuf/load-schema.ts'),
    import('../engine/protobuf/source-files.ts'),
  ])
  const sources = await Promise.all(
    proto.map(async (path, index): Promise<SchemaSource> => ({ id: String(index), path, kind: await kindOf(path) })),
  )
  const { schema, problems } = await loadSchema(sources, include)
  const named = types.filter((type) => type !== undefined)
  const areSound = named.length > 0 && named.every((type) => Object.hasOwn(schema.messages, type))
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0 && !areSound) {
    throw new UsageError(`The schema has errors.\n${errors.map(problemText).join('\n')}`)
  }
  warnOf(problems)
  return schema
}

/** The codec options for a message type; empty when none is named. Throws `UsageError` for an unknown one. */
export function optionsForType(schema: ProtobufSchema, name: string | undefined): CodecOptions {
  if (name === undefined) return {}
  if (Object.hasOwn(schema.messages, name)) return { message: { schema, name } }
  const names = messageNames(schema)
  const some = names.filter((each) => !each.startsWith('google.protobuf.'))
  const listed = some.slice(0, listedTypes).join(', ')
  const more = some.length > listedTypes ? ` and ${some.length - listedTypes} more` : ''
  const known = some.length > 0 ? ` Known types: ${listed}${more}.` : ' Name its file with --proto.'
  throw new UsageError(escapeHidden(`There is no message type '${name}'.${known}`))
}
