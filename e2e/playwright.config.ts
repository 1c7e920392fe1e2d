import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const output = join(import.meta.dirname, '../test-output')

/** Journeys drive the whole product in a real browser; each file starts a product of its own. */
export default defineConfig({
  testDir: './journeys',
  testMatch: '*.spec.ts',
  outputDir: join(output, 'journeys'),
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.DRIFTLESS_BROWSER ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
