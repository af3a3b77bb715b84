import { join } from 'node:path'
import { app } from 'electron'
import { JsonFile, type UnusableFile } from '../engine/files/json-file.ts'
import type { Kept } from '../shared/contract/index.ts'
import { defaultSettings, type Settings } from '../shared/settings.ts'
import { settingsFormat } from '../shared/settings-schema.ts'
import { defaultWorkspace, type Workspace } from '../shared/workspace.ts'
import { workspaceFormat } from '../shared/workspace-schema.ts'
import { settingsPath } from './kept-theme.ts'

/** The files that the window begins with, and what is in them. */
export interface KeptFiles {
  readonly kept: Kept
  readonly settings: JsonFile<Settings>
  readonly workspace: JsonFile<Workspace>
  /** What could not be used. */
  readonly unusable: readonly { readonly what: string; readonly file: UnusableFile }[]
}

export async function readKeptFiles(): Promise<KeptFiles> {
  const unusable: { what: string; file: UnusableFile }[] = []
  const note = (what: string) => (file: UnusableFile) => void unusable.push({ what, file })
  const settings = new JsonFile(settingsPath(), settingsFormat, defaultSettings)
  const workspace = new JsonFile(join(app.getPath('userData'), 'workspace.json'), workspaceFormat, defaultWorkspace)
  const [keptSettings, keptWorkspace] = await Promise.all([
    settings.read(note('settings')),
    workspace.read(note('workspace')),
  ])
  return { kept: { settings: keptSettings, workspace: keptWorkspace }, settings, workspace, unusable }
}
