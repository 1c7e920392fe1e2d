/**
 * `npm test`: type check, lint, unit and scenario tests, browser journeys; one closing line over all of them.
 * `--only <stage>` runs one stage.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../house.ts'
import { ensureBrowser } from './browser.ts'
import { readPlaywrightReport, readVitestReport } from './report.ts'
import { runCommand } from './run-command.ts'
import { formatTally, sumTallies, type Tally } from './tally.ts'

const output = join(root, 'test-output')

interface Stage {
  readonly name: string
  readonly run: () => Promise<Tally>
}

const stages: readonly Stage[] = [
  { name: 'typecheck', run: () => check('typecheck', ['turbo', 'run', 'typecheck', '--output-logs=errors-only']) },
  { name: 'lint', run: () => check('lint', ['biome', 'check', '--reporter=summary', '.']) },
  { name: 'unit', run: unitTests },
  { name: 'journeys', run: journeys },
]

async function check(name: string, command: readonly string[]): Promise<Tally> {
  const code = await runCommand(command)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, failures: code === 0 ? [] : [name] }
}

async function unitTests(): Promise<Tally> {
  const report = join(output, 'unit.json')
  const command = [
    'vitest',
    'run',
    '--config',
    'packages/tooling/vitest.config.ts',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const code = await runCommand(command)
  return readVitestReport(report, code)
}

async function journeys(): Promise<Tally> {
  const browser = await ensureBrowser()
  if (browser === undefined) {
    console.error(
      'journeys: no Chromium was found and none could be installed; set DRIFTLESS_BROWSER to the path of one',
    )
    return { passed: 0, failed: 1, skipped: 0, failures: ['journeys: no browser'] }
  }
  const report = join(output, 'journeys.json')
  const code = await runCommand(['playwright', 'test', '--config', 'e2e/playwright.config.ts'], {
    DRIFTLESS_BROWSER: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  return readPlaywrightReport(report, code)
}

async function main(args: readonly string[]): Promise<number> {
  const only = args[0] === '--only' ? args[1] : undefined
  const chosen = stages.filter(({ name }) => only === undefined || name === only)
  if (chosen.length === 0)
    throw new Error(`there is no stage "${only}": choose ${stages.map(({ name }) => name).join(', ')}`)
  mkdirSync(output, { recursive: true })
  const tallies: Tally[] = []
  for (const { name, run } of chosen) {
    const started = performance.now()
    console.log(`\n── ${name}`)
    const tally = await run()
    console.log(`── ${name}: ${formatTally(tally)} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    tallies.push(tally)
  }
  const total = sumTallies(tallies)
  for (const failure of total.failures) console.log(`failed: ${failure}`)
  console.log(`\n${formatTally(total)}`)
  return total.failed === 0 ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
