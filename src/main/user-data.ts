import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { app } from 'electron'

/** Sets where everything is kept: the folder given on the command line, or the person's own. */
export function keepInGivenFolder(): void {
  const given = app.commandLine.getSwitchValue('user-data-dir')
  if (given === '') return
  const folder = resolve(given)
  mkdirSync(folder, { recursive: true })
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
