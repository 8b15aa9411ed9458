import { defineConfig, devices } from 'playwright/test'
import { quickBrowser } from './e2e/fixtures/launch-options'

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  // Some stories start and restart servers; a busy machine may take its time, for conditions are awaited.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    // Looks at every element at every step, which costs more than the step: `--trace retain-on-failure` when it is needed.
    trace: 'off',
    screenshot: 'only-on-failure',
    // Requests that a worker answers no story can see or stop; stories about the worker allow it.
    serviceWorkers: 'block',
    launchOptions: quickBrowser,
  },
})
