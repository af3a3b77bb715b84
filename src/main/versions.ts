import { createRequire } from 'node:module'
import { join } from 'node:path'
import { app } from 'electron'
import { z } from 'zod'

/** What `npm run package` writes into the app's manifest when its runtime is not the official one: why. */
function testBuild(): string | undefined {
  const read = createRequire(import.meta.url)
  const manifest: unknown = read(join(app.getAppPath(), 'package.json'))
  return z.object({ testBuild: z.string().optional() }).parse(manifest).testBuild
}

/**
 * Names and versions of the application, its runtime and its `libraries`, the application first; and why it is a test
 * build, if it is.
 */
export function versions(libraries: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { electron = '', chrome = '', node = '' } = process.versions
  const reason = testBuild()
  return {
    [app.name]: reason === undefined ? app.getVersion() : `${app.getVersion()} (test build)`,
    Electron: electron,
    Chromium: chrome,
    'Node.js': node,
    ...libraries,
    ...(reason === undefined ? {} : { 'Test build': reason }),
  }
}
