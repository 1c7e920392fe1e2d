import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** One run for every unit and scenario test of the workspace; `npm run unit -- packages/sync` narrows it. */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['packages/*/{src,scenarios,test}/**/*.{test,scenario}.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/.next/**'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
  },
})
