import { defineConfig } from 'vitest/config'

/** Tests of what `npm run package` made. Not part of `npm test`: packaging takes minutes. */
export default defineConfig({
  test: {
    include: ['test/package/*.e2e.ts'],
    pool: 'forks',
    // Each runs the whole app, and the demo's server has one address.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
