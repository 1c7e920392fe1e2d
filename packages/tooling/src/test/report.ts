import { existsSync, readFileSync } from 'node:fs'
import type { Tally } from './tally.ts'

interface VitestReport {
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs?: { title: string; tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }[]
}

/** Reads the JSON report of vitest; a run that ended badly without saying why counts as one failure. */
export function readVitestReport(path: string, exitCode: number): Tally {
  if (!existsSync(path)) return crashed('unit tests', exitCode)
  const report = JSON.parse(readFileSync(path, 'utf8')) as VitestReport
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  // A file that fails before its first test has no assertion to show.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const failed = tests.filter(({ status }) => status === 'failed')
  return honest(
    {
      passed: tests.filter(({ status }) => status === 'passed').length,
      failed: failed.length + broken.length,
      skipped: tests.filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo').length,
      failures: [...failed.map(({ fullName }) => fullName), ...broken.map(({ name }) => name)],
    },
    { name: 'unit tests', exitCode },
  )
}

/** Reads the JSON report of Playwright; a test that passed only when repeated counts as failed. */
export function readPlaywrightReport(path: string, exitCode: number): Tally {
  if (!existsSync(path)) return crashed('journeys', exitCode)
  const report = JSON.parse(readFileSync(path, 'utf8')) as { suites: PlaywrightSuite[] }
  const tests = report.suites.flatMap((suite) => flatten(suite, ''))
  const count = (...wanted: string[]) => tests.filter(({ status }) => wanted.includes(status))
  return honest(
    {
      passed: count('expected').length,
      failed: count('unexpected', 'flaky').length,
      skipped: count('skipped').length,
      failures: count('unexpected', 'flaky').map(({ title }) => title),
    },
    { name: 'journeys', exitCode },
  )
}

function flatten(suite: PlaywrightSuite, parent: string): { title: string; status: string }[] {
  const path = parent === '' ? suite.title : `${parent} › ${suite.title}`
  return [
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests.map(({ status }) => ({ title: `${path} › ${title}`, status })),
    ),
    ...(suite.suites ?? []).flatMap((child) => flatten(child, path)),
  ]
}

function honest(tally: Tally, run: { name: string; exitCode: number }): Tally {
  if (run.exitCode === 0 || tally.failed > 0) return tally
  return { ...tally, failed: 1, failures: [`${run.name} ended with exit code ${run.exitCode}`] }
}

function crashed(name: string, exitCode: number): Tally {
  return {
    passed: 0,
    failed: 1,
    skipped: 0,
    failures: [`${name} ended with exit code ${exitCode} and wrote no report`],
  }
}
