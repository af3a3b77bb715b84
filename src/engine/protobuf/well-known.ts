import protobuf from 'protobufjs'
import apiJson from 'protobufjs/google/protobuf/api.json' with { type: 'json' }
import pluginJson from 'protobufjs/google/protobuf/compiler/plugin.json' with { type: 'json' }
import descriptorJson from 'protobufjs/google/protobuf/descriptor.json' with { type: 'json' }
import sourceContextJson from 'protobufjs/google/protobuf/source_context.json' with { type: 'json' }
import typeJson from 'protobufjs/google/protobuf/type.json' with { type: 'json' }
import type { FileDeclaration } from './declarations.ts'
import { readReflection } from './reflection.ts'
import type { Import } from './statements.ts'

interface BuiltIn {
  readonly edition: string
  readonly json: protobuf.INamespace
  readonly imports: readonly string[]
}

const folder = 'google/protobuf/'
/** protobufjs includes what these need, but not everything. */
const builtIns: ReadonlyMap<string, BuiltIn> = new Map(
  Object.entries({
    'api.proto': { edition: 'proto3', json: apiJson, imports: ['any.proto'] },
    'type.proto': { edition: 'proto3', json: typeJson, imports: ['any.proto'] },
    'source_context.proto': { edition: 'proto3', json: sourceContextJson, imports: [] },
    'descriptor.proto': { edition: 'proto2', json: descriptorJson, imports: [] },
    'compiler/plugin.proto': { edition: 'proto2', json: pluginJson, imports: ['descriptor.proto'] },
  }),
)

/** A file included with Protobuf, by its import name. */
export function wellKnownFile(name: string): FileDeclaration | undefined {
  const builtIn = name.startsWith(folder) ? (builtIns.get(name.slice(folder.length)) ?? common(name)) : undefined
  if (!builtIn) return undefined
  const root = new protobuf.Root()
  if (builtIn.json.nested) root.addJSON(builtIn.json.nested)
  const declarations = readReflection(root, builtIn.edition, (_, written) => ({ kind: 'word', text: String(written) }))
  return {
    messages: declarations.messages.map((message) => ({
      ...message,
      fields: message.fields.map((field) => ({ ...field, name: snakeCase(field.name) })),
    })),
    enums: declarations.enums,
    extensions: declarations.extensions,
    imports: builtIn.imports.map((file): Import => ({ name: folder + file, kind: 'plain', position: null })),
    positionOf: () => null,
  }
}

/** protobufjs uses camel case where Protobuf's own files use snake case. */
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function common(name: string): BuiltIn | undefined {
  const json = protobuf.common.get(name)
  return json ? { edition: 'proto3', json, imports: [] } : undefined
}
