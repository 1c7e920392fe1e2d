import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryTree } from '@driftless/foundation'
import { describe, expect, it } from 'vitest'
import { build } from './build.ts'

const testdata = join(import.meta.dirname, '../testdata')

function readTree(directory: string) {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return memoryTree(
    Object.fromEntries(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return [path.slice(directory.length + 1), readFileSync(path)]
      }),
    ),
  )
}

describe('text equals what the reference tool printed', () => {
  const cases = readdirSync(join(testdata, 'expected')).map((file) => file.replace(/\.yaml$/, ''))
  it.each(cases)('%s', (name) => {
    const nested = name.replace('-', '/')
    const path = existsSync(join(testdata, 'cases', name)) ? name : nested
    const expected = readFileSync(join(testdata, 'expected', `${name}.yaml`), 'utf8')
    expect(build({ tree: readTree(join(testdata, 'cases')), path }).text).toBe(expected)
  })
})

describe('refusals', () => {
  const resources = 'resources: [a.yaml]\n'
  const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n'

  it('a resource outside of the source is refused', () => {
    const tree = memoryTree({ 'app/kustomization.yaml': 'resources: [../../etc/passwd]\n' })
    expect(() => build({ tree, path: 'app' })).toThrow(/outside the source/)
  })

  it('a file beside the kustomization’s directory is refused', () => {
    const tree = memoryTree({ 'app/kustomization.yaml': 'resources: [../b.yaml]\n', 'b.yaml': deployment })
    expect(() => build({ tree, path: 'app' })).toThrow(/not in or below/)
  })

  it('a cycle of bases is named', () => {
    const tree = memoryTree({
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a]\n',
    })
    expect(() => build({ tree, path: 'a' })).toThrow(/cycle detected/)
  })

  it('two objects of one id are refused', () => {
    const tree = memoryTree({
      'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
      'a.yaml': deployment,
      'b.yaml': deployment,
    })
    expect(() => build({ tree, path: '' })).toThrow(/already registered id: Deployment.v1.apps\/a/)
  })

  it('a patch without its object is refused', () => {
    const tree = memoryTree({
      'kustomization.yaml': `${resources}patchesStrategicMerge: [p.yaml]\n`,
      'a.yaml': deployment,
      'p.yaml': deployment.replace('name: a', 'name: other'),
    })
    expect(() => build({ tree, path: '' })).toThrow(/no matches for Id Deployment.v1.apps\/other/)
  })

  it('invalid YAML names its file and line', () => {
    const tree = memoryTree({ 'kustomization.yaml': resources, 'a.yaml': 'kind: A\n  bad: [\n' })
    try {
      build({ tree, path: '' })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'KUSTOMIZE_RESOURCE', place: { file: 'a.yaml' } })
    }
  })

  it('a remote base is refused where nothing can be fetched', () => {
    const tree = memoryTree({ 'kustomization.yaml': 'resources: ["https://git.example.com/base.git"]\n' })
    expect(() => build({ tree, path: '' })).toThrow(/keep the base in the repository/)
  })
})

describe('overrides of the application', () => {
  it('an image override replaces the tag', () => {
    const tree = memoryTree({
      'kustomization.yaml': 'resources: [a.yaml]\nimages: [{name: web, newTag: "1"}]\n',
      'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: web}]}\n',
    })
    const [pod] = build({ tree, path: '', overrides: { images: ['web=web:v2'], namespace: 'prod' } }).objects
    expect(pod).toMatchObject({ metadata: { namespace: 'prod' }, spec: { containers: [{ image: 'web:v2' }] } })
  })
})
