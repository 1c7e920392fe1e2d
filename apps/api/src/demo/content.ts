import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoCommit } from './bare-repository.ts'

/** The commits of the demo repository: the first state, and one change that nobody has deployed yet. */
export function demoCommits(now: Date): DemoCommit[] {
  const files = readFiles(join(import.meta.dirname, 'content'))
  const ago = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString()
  const production = 'shop/overlays/production/kustomization.yaml'
  return [
    { message: 'Add guestbook, shop, toolbox and payments', date: ago(95), files },
    {
      message: 'shop: Release storefront 5.1.0 to production',
      date: ago(12),
      files: { ...files, [production]: (files[production] ?? '').replace('newTag: 5.0.3', 'newTag: 5.1.0') },
    },
  ]
}

function readFiles(directory: string, prefix = ''): Record<string, string> {
  const entries = readdirSync(directory, { withFileTypes: true })
  return Object.assign(
    {},
    ...entries.map((entry) => {
      const path = `${prefix}${entry.name}`
      const place = join(directory, entry.name)
      return entry.isDirectory() ? readFiles(place, `${path}/`) : { [path]: readFileSync(place, 'utf8') }
    }),
  ) as Record<string, string>
}
