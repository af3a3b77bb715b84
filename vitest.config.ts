import { defineConfig } from 'vitest/config'

/** Nothing is judged by these: a busy machine takes its time, and what hangs ends all the same. */
const patience = { testTimeout: 20_000, expect: { poll: { timeout: 10_000 } } }

export default defineConfig({
  test: {
    // Two workers even where Vitest would leave a core for others: many tests wait for processes and timers.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'pure',
          ...patience,
          include: ['test/{shared,report,renderer}/**/*.test.{ts,tsx}'],
          // No test here leaves anything behind, so the files of a worker share their modules.
          isolate: false,
          pool: 'threads',
        },
      },
      {
        test: {
          name: 'node',
          ...patience,
          include: ['test/{engine,cli,main,scripts}/**/*.test.ts'],
          globalSetup: ['test/support/own-temporary-folder.ts', 'test/support/build-once.ts'],
          // Native modules keep threads and handles of their own: a process for each file ends them all.
          pool: 'forks',
        },
      },
    ],
  },
})
