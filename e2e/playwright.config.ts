// End-to-end tests: the built command and a real Chromium, driven from outside.
import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: 'tests',
  outputDir: '../test-results/e2e',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  // Recordings are timed against a real clock: two cores carry two workers, not more.
  workers: 2,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  // Real processes on a shared machine: a test that passes the second time is listed as flaky, and is to be looked at.
  retries: process.env.CI ? 1 : 0,
  // A slow machine gets time; a test that hangs is still found.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? '../test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox', // containers and CI run as root
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
