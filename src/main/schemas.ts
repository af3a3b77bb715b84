import { randomUUID } from 'node:crypto'
import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import { z } from 'zod'
import type { SchemaStore } from '../engine/protobuf/schema-store.ts'
import { kindOf } from '../engine/protobuf/source-files.ts'
import type { Input } from '../shared/contract/index.ts'
import type { DocumentFormat } from '../shared/kept/document-format.ts'

const schemaFileSchema = z.object({
  version: z.literal(1),
  sources: z.array(z.object({ id: z.string(), path: z.string(), kind: z.enum(['file', 'folder', 'descriptor-set']) })),
  includeRoots: z.array(z.string()),
})

type SchemaFile = z.infer<typeof schemaFileSchema>

/** The file that keeps where message types come from. */
export const schemaFileFormat: DocumentFormat<SchemaFile> = { migrations: [], schema: schemaFileSchema }

export const noSchemas: SchemaFile = { version: 1, sources: [], includeRoots: [] }

const dialogs: Record<Input<'schema.add'>['what'], OpenDialogOptions> = {
  files: {
    title: 'Add .proto files or compiled descriptor sets',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Protobuf', extensions: ['proto', 'pb', 'desc', 'protoset', 'binpb', 'fds'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  folder: { title: 'Add all .proto files in a folder', properties: ['openDirectory'] },
  'include-root': { title: 'Look for imports in a folder', properties: ['openDirectory'] },
}

/** Lets the person choose where message types come from. What is chosen twice is there once. */
export async function addSchemas(schemas: SchemaStore, what: Input<'schema.add'>['what']): Promise<void> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (!window) return
  const { canceled, filePaths } = await dialog.showOpenDialog(window, dialogs[what])
  if (canceled) return
  const { sources } = schemas.state
  if (what === 'include-root') {
    await schemas.changeIncludeRoots((before) => [...new Set([...before, ...filePaths])])
    return
  }
  const fresh = filePaths.filter((path) => !sources.some((source) => source.path === path))
  const chosen = await Promise.all(fresh.map(async (path) => ({ id: randomUUID(), path, kind: await kindOf(path) })))
  if (chosen.length > 0) await schemas.add(chosen)
}
