// The app inside a runtime that came without one: starts the app that the command line names, the way the
// official Electron distribution's default app does.
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'
import { readCommandLine } from './command-line.mjs'
import { findApp } from './find-app.mjs'

try {
  const { appPath, modules } = readCommandLine(process.argv.slice(1))
  const requireFromHere = createRequire(join(process.cwd(), 'command-line'))
  for (const module of modules) requireFromHere(module)

  const { folder, manifest, file } = findApp(resolve(appPath))
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  app.name = manifest.productName ?? manifest.name
  if (manifest.version) app.setVersion(manifest.version)
  if (process.platform === 'linux') app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`)
  app.setAppPath(folder)

  // Awaited here, so that 'ready' is held back until the app's own listeners are there.
  const main = requireFromHere.resolve(file ?? join(folder, manifest.main ?? 'index.js'))
  await import(pathToFileURL(main).href)
} catch (error) {
  process.stderr.write(`The app could not be started: ${error instanceof Error ? error.stack : error}\n`)
  app.exit(1)
}
