import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**'],
    // Native modules keep threads and handles of their own: a process for each file ends them all.
    pool: 'forks',
  },
})
