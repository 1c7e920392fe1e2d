import { FileNotLoaded, type FileTree, memoryTree } from '@driftless/foundation'
import { describe, expect, it } from 'vitest'
import { build } from './build.ts'

describe('refusals', () => {
  const resources = 'resources: [a.yaml]\n'
  const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n'

  it('[S1] a resource outside of the source is refused', () => {
    const tree = memoryTree({ 'app/kustomization.yaml': 'resources: [../../etc/passwd]\n' })
    expect(() => build({ tree, path: 'app' })).toThrow(/outside the source/)
  })

  it('[S1] a file beside the kustomization’s directory is refused', () => {
    const tree = memoryTree({ 'app/kustomization.yaml': 'resources: [../b.yaml]\n', 'b.yaml': deployment })
    expect(() => build({ tree, path: 'app' })).toThrow(/not in or below/)
  })

  it('[S2] a cycle of bases is named', () => {
    const tree = memoryTree({
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a]\n',
    })
    expect(() => build({ tree, path: 'a' })).toThrow(/cycle detected/)
  })

  it('[L3] two objects of one id are refused', () => {
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

  it('[S3] a remote base is refused where nothing can be fetched', () => {
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

describe('safety', () => {
  it('[S1] a link that leads out of the directory, or out of the tree, is not followed', () => {
    const files = { 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'secret.yaml': 'kind: A\nmetadata: {name: a}\n' }
    const linked = (target: string) => build({ tree: memoryTree(files, { 'app/a.yaml': target }), path: 'app' })
    expect(() => linked('../secret.yaml')).toThrow(/not in or below/)
    expect(() => linked('../../secret.yaml')).toThrow(/outside the source/)
    expect(() => linked('/etc/passwd')).toThrow(/outside the source/)
    expect(() => linked('a.yaml')).toThrow(/does not end/)
  })

  it('[S3] a remote base comes through the port, and cannot reach back', () => {
    const base = memoryTree({
      'deep/kustomization.yaml': 'resources: [a.yaml]\n',
      'deep/a.yaml': 'kind: A\nmetadata: {name: a}\n',
    })
    const tree = memoryTree({ 'kustomization.yaml': 'resources: ["https://git.example.com/b.git//deep?ref=v1"]\n' })
    const asked: string[] = []
    const fetchRemote = (url: string) => {
      asked.push(url)
      return { tree: base, path: 'deep' }
    }
    expect(build({ tree, path: '', fetchRemote }).objects).toEqual([{ kind: 'A', metadata: { name: 'a' } }])
    expect(asked).toEqual(['https://git.example.com/b.git//deep?ref=v1'])
  })

  it('[S3] bases that fetch each other without end are stopped', () => {
    const tree = memoryTree({ 'kustomization.yaml': 'resources: ["https://git.example.com/b.git"]\n' })
    expect(() => build({ tree, path: '', fetchRemote: () => ({ tree, path: '' }) })).toThrow(/exceed the limit/)
  })

  it('[S4] deep nesting, alias bombs and huge merged lists end in an error that names the limit', () => {
    const resource = (text: string, more = '') =>
      build({ tree: memoryTree({ 'kustomization.yaml': `resources: [a.yaml]\n${more}`, 'a.yaml': text }), path: '' })
    expect(() => resource(`kind: A\nmetadata: {name: a}\nx: ${'['.repeat(5000)}${']'.repeat(5000)}\n`)).toThrow(
      /depth/i,
    )
    const bomb = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(10)}]`).join('\n')
    expect(() => resource(`kind: A\nmetadata: {name: a}\na0: &a0 [x]\n${bomb}\n`)).toThrow(/excessive aliasing/)
    const containers = Array.from({ length: 8000 }, (_, at) => `{name: c${at}}`).join(',')
    const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [${containers}]}\n`
    const patch =
      "patches: [{patch: '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: x}]}}'}]\n"
    expect(() => resource(pod, patch)).toThrow(/exceed the limit/)
  })

  it('[P4] an expression that explodes elsewhere takes linear time', () => {
    const tree = memoryTree({
      'kustomization.yaml': "resources: [a.yaml]\npatches: [{target: {name: '(a+)+$'}, patch: '[]'}]\n",
      'a.yaml': `kind: A\nmetadata: {name: ${'a'.repeat(5000)}b}\n`,
    })
    expect(build({ tree, path: '' }).objects).toHaveLength(1)
  })

  it('[S5] a file that is not loaded yet passes every catch', () => {
    const files: Record<string, string> = {
      'kustomization.yaml':
        'resources: [a.yaml, base]\ncomponents: [component]\npatches: [{path: p.yaml}]\npatchesStrategicMerge: [s.yaml]\npatchesJson6902: [{target: {kind: A, name: a}, path: j.yaml}]\n' +
        'configMapGenerator: [{name: g, files: [f.txt], envs: [e.env]}]\nconfigurations: [c.yaml]\ncrds: [crd.yaml]\nopenapi: {path: o.json}\n' +
        'replacements: [{path: r.yaml}]\ntransformers: [t.yaml]\ngenerators: [h.yaml]\nvalidators: [v.yaml]\nhelmCharts: [{name: app, releaseName: x}]\n',
      'a.yaml': 'kind: A\nmetadata: {name: a}\n',
      'base/kustomization.yaml': 'resources: [b.yaml]\n',
      'base/b.yaml': 'kind: B\nmetadata: {name: b}\n',
      'component/kustomization.yaml': 'kind: Component\nnamePrefix: x-\n',
      'p.yaml': 'kind: A\nmetadata: {name: a}\n',
      's.yaml': 'kind: A\nmetadata: {name: a}\n',
      'j.yaml': '[{op: add, path: /x, value: 1}]',
      'f.txt': 'x',
      'e.env': 'A=1\n',
      'c.yaml': 'namePrefix: [{path: x}]\n',
      'crd.yaml': '{}',
      'o.json': '{"definitions": {}}',
      'r.yaml': 'source: {kind: A}\ntargets: []\n',
      't.yaml': 'apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: t}\n',
      'h.yaml': 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: t}\n',
      'v.yaml': 'apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: t}\n',
      'charts/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
      'charts/app/values.yaml': 'a: b\n',
      'charts/app/templates/a.yaml': 'kind: C\nmetadata: {name: c}\n',
    }
    const helm = { clock: { now: () => new Date(0) }, randomBytes: (count: number) => new Uint8Array(count) }
    const all = memoryTree(files)
    const missing = new Set(Object.keys(files))
    const tree: FileTree = {
      ...all,
      read(path) {
        if (missing.has(path)) throw new FileNotLoaded(path)
        return all.read(path)
      },
    }
    for (let round = 0; missing.size > 0 && round < 100; round++) {
      try {
        build({ tree, path: '', enableHelm: true, helm })
        break
      } catch (error) {
        if (!(error instanceof FileNotLoaded)) throw error
        missing.delete(error.path)
      }
    }
    expect([...missing]).toEqual([])
  })

  it('[S6] thousands of objects of one name each find their own, within the time of a test', () => {
    const pair = (at: number) =>
      `kind: ConfigMap\napiVersion: v1\nmetadata: {name: c, namespace: n${at}}\n---\n` +
      `kind: Pod\napiVersion: v1\nmetadata: {name: p, namespace: n${at}}\nspec: {volumes: [{name: v, configMap: {name: c}}]}\n`
    const tree = memoryTree({
      'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\n',
      'a.yaml': Array.from({ length: 4000 }, (_, at) => pair(at)).join('---\n'),
    })
    const pods = build({ tree, path: '' }).objects.filter(({ kind }) => kind === 'Pod')
    expect(pods).toHaveLength(4000)
    expect(pods.every(({ spec }) => JSON.stringify(spec).includes('"name":"x-c"'))).toBe(true)
  })
})

describe('output', () => {
  it('[O3] big integers are exact in the text and nearest in the objects', () => {
    const tree = memoryTree({
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': 'kind: A\nmetadata: {name: a}\nbig: 9223372036854775807\n',
    })
    const result = build({ tree, path: '' })
    expect(result.text).toContain('big: 9223372036854775807\n')
    expect(result.objects[0]?.big).toBe(2 ** 63)
  })
})
