import { join } from 'node:path'
import { app } from 'electron'
import type { Kept } from '../shared/contract.ts'
import { defaultSettings, type Settings } from '../shared/settings.ts'
import { settingsFileSchema } from '../shared/settings-schema.ts'
import { defaultWorkspace, type Workspace } from '../shared/workspace.ts'
import { workspaceSchema } from '../shared/workspace-schema.ts'
import { type DamagedFile, JsonFile } from './json-file.ts'
import { settingsPath } from './kept-theme.ts'

/** The files that the window begins with, and what is in them. */
export interface KeptFiles {
  readonly kept: Kept
  readonly settings: JsonFile<Settings>
  readonly workspace: JsonFile<Workspace>
  /** What could not be used. */
  readonly damaged: readonly { readonly what: string; readonly file: DamagedFile }[]
}

export async function readKeptFiles(): Promise<KeptFiles> {
  const damaged: { what: string; file: DamagedFile }[] = []
  const note = (what: string) => (file: DamagedFile) => void damaged.push({ what, file })
  const settings = new JsonFile(settingsPath(), settingsFileSchema, defaultSettings)
  const workspace = new JsonFile(join(app.getPath('userData'), 'workspace.json'), workspaceSchema, defaultWorkspace)
  const [keptSettings, keptWorkspace] = await Promise.all([
    settings.read(note('settings')),
    workspace.read(note('workspace')),
  ])
  return { kept: { settings: keptSettings, workspace: keptWorkspace }, settings, workspace, damaged }
}
