import { rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll } from 'vitest'

/** A new folder under out/, from which native packages can be resolved; deleted after the file's tests. */
function ownFolder(): string {
  const folder = join('out', `test-${crypto.randomUUID()}`)
  beforeAll(() => mkdir(folder, { recursive: true }))
  afterAll(() => rmSync(folder, { recursive: true }))
  return join(process.cwd(), folder)
}

/** Builds the command line before the file's tests, exactly as it is shipped. Returns its path. */
export function buildCommandLine(): string {
  const folder = ownFolder()
  beforeAll(async () => {
    await build({ configFile: 'vite.cli.config.ts', logLevel: 'silent', build: { outDir: folder } })
  }, 60_000)
  return join(folder, 'index.js')
}

/**
 * Builds modules for plain Node.js before the file's tests, by output file name: a child process or thread cannot load
 * TypeScript. Returns the folder.
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
