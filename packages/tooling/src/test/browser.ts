import { existsSync } from 'node:fs'
import { runCommand } from './run-command.ts'

const candidates = [
  process.env.DRIFTLESS_BROWSER,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The path of a Chromium, after installing the distribution's where that is possible. */
export async function ensureBrowser(): Promise<string | undefined> {
  const found = findBrowser()
  if (found !== undefined) return found
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return undefined
  console.log('installing chromium and fonts for the browser tests ...')
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  await runCommand(['apt-get', 'update', '-qq'], quiet)
  await runCommand(
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation', 'fonts-noto-cjk'],
    quiet,
  )
  return findBrowser()
}

function findBrowser(): string | undefined {
  return candidates.find((path) => path !== undefined && existsSync(path))
}
