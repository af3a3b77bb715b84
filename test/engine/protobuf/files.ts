import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ProtobufField, ProtobufSchema } from '../../../src/shared/codecs/protobuf/schema.ts'
import type { SchemaSource } from '../../../src/shared/protobuf-sources.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>

export function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
}

/** A new folder with these files. */
export function folderWith(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'inspector-schema-')))
  writeFiles(folder, files)
  return folder
}

export const fileSource = (path: string, id = 'file'): SchemaSource => ({ id, path, kind: 'file' })
export const folderSource = (path: string, id = 'folder'): SchemaSource => ({ id, path, kind: 'folder' })
export const setSource = (path: string, id = 'set'): SchemaSource => ({ id, path, kind: 'descriptor-set' })

export function fieldOf(schema: ProtobufSchema, message: string, name: string): ProtobufField {
  const found = schema.messages[message]?.fields.find((field) => field.name === name)
  if (!found) throw new Error(`No field ${name} in ${message}: ${Object.keys(schema.messages).join(', ')}`)
  return found
}
