import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { app } from 'electron'
import { makeOwnerOnlyFolder, restrictFolder } from '../engine/files/owner-only.ts'
import { temporaryName } from '../engine/files/replace-file.ts'
import { proveUsable } from './usable-folder.ts'

/** The person's own folder. Electron makes it when it is asked for it, and says nothing but that it could not. */
function ownFolder(): string {
  try {
    return app.getPath('userData')
  } catch {
    return join(app.getPath('appData'), app.getName())
  }
}

/**
 * Sets where everything is kept: the folder given on the command line, or the person's own. Throws `UnusableFolderError`
 * for one that cannot hold files, which Electron would answer with a lock that fails, or a crash.
 */
export function keepInGivenFolder(): void {
  const given = app.commandLine.getSwitchValue('user-data-dir')
  const folder = given === '' ? ownFolder() : resolve(given)
  proveUsable(folder)
  app.setPath('userData', folder)
}

/**
 * A fresh folder, inside the one that was given or among the temporary ones. The demo so begins with the default
 * workspace, whatever a person has, and never touches theirs. It goes when the process ends, but for a few small files
 * that Chromium writes after everybody else.
 */
export function keepInFreshFolder(): void {
  const parent = app.commandLine.getSwitchValue('user-data-dir') === '' ? tmpdir() : app.getPath('userData')
  const folder = mkdtempSync(join(parent, 'zeromq-inspector-demo-'))
  app.setPath('userData', folder)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
}

/** What the application keeps, with what is set aside, left from older versions, or beside a database. */
const keptFiles = /^(settings|workspace|window|schemas|secrets|running)\.json(\..+)?$|^(log|lab)\.sqlite([.-].+)?$/

/**
 * Takes the access of other people from what is kept: earlier versions left it readable for all. Chromium makes its own
 * files for their owner alone. Deletes files that a killed process was writing.
 */
export function tidyUserData(): void {
  const folder = app.getPath('userData')
  makeOwnerOnlyFolder(folder)
  restrictFolder(folder, keptFiles)
  for (const name of readdirSync(folder)) if (temporaryName.test(name)) rmSync(join(folder, name), { force: true })
}
