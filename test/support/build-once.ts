import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the command line, built just as for people. */
    readonly commandLineFolder: string
    /** The folder of modules for plain Node.js: a child process or a thread cannot load TypeScript. */
    readonly modulesFolder: string
  }
}

const modules = {
  'engine-worker': 'src/engine/thread/worker.ts',
  'log-worker': 'src/engine/transcript/worker.ts',
  'schema-worker': 'src/engine/protobuf/schema-worker.ts',
  'encode-worker': 'src/main/encode-worker.ts',
  'lab-process': 'src/cli/lab-process.ts',
  'lab-metronome': 'src/engine/lab/metronome-thread.ts',
  'lab-sender': 'src/engine/lab/sender-thread.ts',
  crowded: 'test/engine/children/crowded.ts',
  appending: 'test/engine/children/appending.ts',
  'ending-while-writing': 'test/engine/children/ending-while-writing.ts',
  leaving: 'test/engine/children/leaving.ts',
  lingering: 'test/engine/children/lingering.ts',
  quitting: 'test/engine/children/quitting.ts',
}

/** Builds what tests start as processes and threads, once for all files. Returns how to remove it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Under out/, from where the native packages are found.
  const folder = join(process.cwd(), 'out', `test-${crypto.randomUUID()}`)
  const commandLine = join(folder, 'cli')
  const modulesFolder = join(folder, 'modules')
  await Promise.all([
    build({ configFile: 'vite.cli.config.ts', logLevel: 'silent', build: { outDir: commandLine } }),
    build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true, external: ['zeromq', 'libsql'] },
      build: {
        ssr: true,
        outDir: modulesFolder,
        target: 'node20',
        rolldownOptions: { input: modules, output: { format: 'es', entryFileNames: '[name].js' } },
      },
    }),
  ])
  project.provide('commandLineFolder', commandLine)
  project.provide('modulesFolder', modulesFolder)
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
