import { rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll } from 'vitest'

/** A folder of its own under out/, from where the native packages are found; it is removed after the file's tests. */
function ownFolder(): string {
  const folder = join('out', `test-${crypto.randomUUID()}`)
  beforeAll(() => mkdir(folder, { recursive: true }))
  afterAll(() => rmSync(folder, { recursive: true }))
  return join(process.cwd(), folder)
}

/** Builds the command line before the file's tests, just as it is built for people. Returns where it will be. */
export function buildCommandLine(): string {
  const folder = ownFolder()
  beforeAll(async () => {
    await build({ configFile: 'vite.cli.config.ts', logLevel: 'silent', build: { outDir: folder } })
  }, 60_000)
  return join(folder, 'index.js')
}

/**
 * Builds modules for plain Node.js before the file's tests, by the names that their files are to have: a child process
 * or a thread cannot load TypeScript. Returns the folder where they will be.
 */
export function buildModules(modules: Record<string, string>): string {
  const folder = ownFolder()
  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true, external: ['zeromq', 'libsql'] },
      build: {
        ssr: true,
        outDir: folder,
        target: 'node20',
        rolldownOptions: { input: modules, output: { format: 'es', entryFileNames: '[name].js' } },
      },
    })
  }, 60_000)
  return folder
}
