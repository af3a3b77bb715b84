import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  // Each test runs the whole app; two at once would disturb each other's timing.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  reporter: 'list',
  forbidOnly: Boolean(process.env.CI),
  use: { trace: 'retain-on-failure' },
})
