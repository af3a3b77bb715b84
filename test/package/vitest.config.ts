import { defineConfig } from 'vitest/config'

/** Tests of the output of `npm run package`. Not part of `npm test`: packaging takes minutes. */
export default defineConfig({
  test: {
    include: ['test/package/*.e2e.ts'],
    pool: 'forks',
    // Each runs the whole app, and the demo's server uses a fixed address.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
