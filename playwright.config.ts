import { defineConfig } from '@playwright/test'

/** Tests whose subject is load or time: they and another app would disturb each other. */
const alone = /(flood|latency|waiting)\.e2e\.ts|@alone/

/** Whether some stories were named: then only they run, one after the other. */
const named = process.argv.slice(2).some((argument) => argument !== 'test' && !argument.startsWith('-'))

// Each worker has a display of its own, which can only be had where displays are virtual.
const workers = process.env.INSPECTOR_VIRTUAL_DISPLAY === '1' && !named ? 2 : 1

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './test/support/own-temporary-folder.ts',
  outputDir: 'test-results',
  workers,
  fullyParallel: true,
  retries: 0,
  timeout: 60_000,
  // What is waited for comes late where other programs use the processors, too.
  expect: { timeout: 15_000 },
  reporter: 'list',
  forbidOnly: Boolean(process.env.CI),
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'together', grepInvert: alone },
    { name: 'alone', grep: alone, workers: 1, dependencies: named ? [] : ['together'] },
  ],
})
