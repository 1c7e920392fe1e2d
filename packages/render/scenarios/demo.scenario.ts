import { hasGitHttpBackend } from '@driftless/testkit'
import { describe, expect, it } from 'vitest'
import { openStage } from './stage.ts'

const bundle = process.env.DRIFTLESS_DEMO_BUNDLE
const isPossible = bundle !== undefined && (await hasGitHttpBackend())

describe.skipIf(!isPossible)('the demo repository (skipped unless DRIFTLESS_DEMO_BUNDLE names its bundle)', () => {
  it('every chart and kustomization of every branch renders, and so does every directory with manifests', async () => {
    await using stage = await openStage({ workers: 2 })
    await stage.server.importBundle('demo', bundle ?? '')
    const remote = { url: stage.server.url('demo') }
    const { branches } = await stage.git.references(remote)
    const failures: string[] = []
    let rendered = 0
    for (const [branch, sha] of Object.entries(branches)) {
      const { tree } = await stage.git.openTree(remote, sha)
      const tools = await stage.renderer.discover({ remote, sha })
      const known = new Set(tools.map(({ path }) => path))
      const plain = directoriesWithManifests(tree).filter(
        (path) => ![...known].some((tool) => path === tool || path.startsWith(`${tool}/`)),
      )
      for (const path of [...known, ...plain]) {
        for (const variant of variantsOf(tree, path)) {
          try {
            const { objects } = await stage.render(
              'demo',
              { path, sha, ...variant.source },
              { application: variant.application },
            )
            rendered += 1
            expect(objects.every(({ apiVersion, kind }) => apiVersion !== '' && kind !== '')).toBe(true)
          } catch (error) {
            failures.push(`${branch} ${path}: ${error instanceof Error ? error.message : error}`)
          }
        }
      }
    }
    expect(failures).toEqual([])
    expect(rendered).toBeGreaterThan(20)
  })
})

interface Tree {
  list(path: string): readonly { name: string; kind: string }[] | undefined
}

/** A chart with a values file for each environment is rendered for each; everything else once. */
function variantsOf(tree: Tree, path: string) {
  const environments = (tree.list(path) ?? []).flatMap(({ name }) => /^values-(\w+)\.yaml$/.exec(name)?.[1] ?? [])
  const application = { namespace: 'demo', project: 'default' }
  if (environments.length === 0) return [{ source: {}, application: { ...application, instanceName: 'demo' } }]
  return environments.map((name) => ({
    source: { helm: { valueFiles: [`values-${name}.yaml`] } },
    application: { ...application, instanceName: `app-helm-${name}` },
  }))
}

function directoriesWithManifests(tree: Tree): string[] {
  const found: string[] = []
  const visit = (directory: string): void => {
    const entries = tree.list(directory) ?? []
    if (entries.some(({ name, kind }) => kind === 'file' && /\.ya?ml$/.test(name)))
      found.push(directory === '' ? '.' : directory)
    for (const { name, kind } of entries)
      if (kind === 'directory') visit(directory === '' ? name : `${directory}/${name}`)
  }
  visit('')
  return found
}
