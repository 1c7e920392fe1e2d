import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runDriftless, scratch } from '../testing/run-driftless.ts'

/** A request with what its answer must hold. */
type Case = readonly [what: string, request: Record<string, unknown>, answer: Record<string, unknown>]

const configMap = (data: unknown, metadata = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', ...metadata },
  data,
})
const hook = (type: string) => configMap({}, { annotations: { 'argocd.argoproj.io/hook': type } })
const chart = {
  'chart/Chart.yaml':
    'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- name: db\n  version: 1.0.0\n  condition: db.enabled\n',
  'chart/values.yaml': 'color: blue\ndb:\n  enabled: false\n',
  'chart/templates/a.yaml': 'kind: {{ .Values.color }}\nns: {{ .Release.Namespace }}\n',
  'chart/templates/NOTES.txt': 'Hello {{ .Release.Name }}',
  'chart/templates/l.yaml':
    '{{ with lookup "v1" "Secret" "x" "s" }}found: {{ .metadata.name }}{{ end }}\nup: {{ .Release.IsUpgrade }}',
  'chart/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
  'chart/charts/db/values.yaml': 'size: 1\n',
  'f.yaml': 'color: red\n',
  'k/kustomization.yaml': 'resources: [cm.yaml]\nnamePrefix: x-\n',
  'k/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
  'text.txt': 'from a file',
  'm.jsonnet': '{a: std.extVar("a"), b: import "lib/l.libsonnet"}',
  'lib/l.libsonnet': '[1]',
}

const cases: readonly Case[] = [
  [
    'helm.template merges values files, set and args',
    {
      op: 'helm.template',
      chart: 'chart',
      name: 'my',
      values: ['f.yaml'],
      set: [{ more: 1 }],
      args: ['-n', 'shop', '--show-only', 'templates/a.yaml'],
    },
    {
      ok: true,
      result: {
        text: expect.stringMatching(/^---\n# Source: web\/templates\/a.yaml\nkind: red\nns: shop\n+$/),
        documents: [{ source: 'web/templates/a.yaml', object: { kind: 'red', ns: 'shop' } }],
        notes: 'Hello my',
      },
    },
  ],
  [
    'helm.template reads --set-style strings and lets fields win over args',
    {
      op: 'helm.template',
      chart: 'chart',
      namespace: 'late',
      args: ['-n', 'early', '-s', 'templates/a.yaml'],
      setArgs: ['color=green'],
    },
    { ok: true, result: expect.objectContaining({ text: expect.stringContaining('kind: green\nns: late') }) },
  ],
  [
    'helm.template answers Helm’s own message',
    { op: 'helm.template', chart: 'chart', name: 'Not A Name' },
    {
      ok: false,
      error: { code: expect.stringMatching(/^HELM_/), message: expect.stringContaining('invalid release name') },
    },
  ],
  [
    'helm.render gives every template by name, with what lookup finds',
    {
      op: 'helm.render',
      chart: 'chart',
      values: { color: 'x' },
      release: 'r',
      isUpgrade: true,
      lookup: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'x' } }],
    },
    {
      ok: true,
      result: {
        'web/templates/a.yaml': 'kind: x\nns: default\n',
        'web/templates/NOTES.txt': 'Hello r',
        'web/templates/l.yaml': 'found: s\nup: true',
      },
    },
  ],
  [
    'helm.render takes templates and a context',
    {
      op: 'helm.render',
      templates: { 'a.yaml': '{{ include "b" . }}', '_b.tpl': '{{ define "b" }}{{ .Values.x }}{{ end }}' },
      context: { Values: { x: 1.5 } },
    },
    { ok: true, result: { 'a.yaml': '1.5' } },
  ],
  [
    'helm.values reads expressions over a base',
    { op: 'helm.values', kind: 'set', exprs: ['a.b=1,c={x,y}', 'd[1]=z'], base: { a: { k: true } } },
    { ok: true, result: { a: { k: true, b: 1 }, c: ['x', 'y'], d: [null, 'z'] } },
  ],
  [
    'helm.values reads files',
    { op: 'helm.values', kind: 'set-file', exprs: ['a=text.txt'] },
    { ok: true, result: { a: 'from a file' } },
  ],
  [
    'helm.values answers what is wrong',
    { op: 'helm.values', kind: 'set', exprs: ['a'] },
    { ok: false, error: { code: 'HELM_VALUES_INVALID', message: 'key "a" has no value' } },
  ],
  [
    'helm.dependencies names the enabled charts',
    { op: 'helm.dependencies', chart: 'chart', values: { db: { enabled: true } } },
    {
      ok: true,
      result: { charts: ['web', 'web.db'], values: { color: 'blue', db: { enabled: true, global: {}, size: 1 } } },
    },
  ],
  [
    'gotemplate takes numbers as float64',
    { op: 'gotemplate', template: '{{ printf "%T" .n }}', data: { n: 1 } },
    { ok: true, result: 'float64' },
  ],
  [
    'gotemplate takes whole numbers as int when asked, exactly',
    {
      op: 'gotemplate',
      template: '{{ .n }} {{ printf "%T" .m }}',
      data: { n: 9007199254740992, m: 0.5 },
      numbers: 'int',
    },
    { ok: true, result: '9007199254740993 float64' },
  ],
  [
    'gotemplate knows further templates and delimiters',
    {
      op: 'gotemplate',
      template: '[[ template "t" .a ]]{{',
      templates: { t: '<[[ . ]]>' },
      delims: ['[[', ']]'],
      data: { a: 'x' },
    },
    { ok: true, result: '<x>{{' },
  ],
  [
    'gotemplate has the functions of the engine',
    { op: 'gotemplate', engine: 'sprig', template: '{{ upper "a" }}', data: {} },
    { ok: true, result: 'A' },
  ],
  [
    'gotemplate has Helm’s functions with its templates',
    {
      op: 'gotemplate',
      engine: 'helm',
      template: '{{ include "t" . | indent 1 }}',
      templates: { t: '{{ toYaml .a }}' },
      data: { a: [1] },
    },
    { ok: true, result: ' - 1' },
  ],
  [
    'gotemplate answers Go’s message',
    { op: 'gotemplate', template: '{{ .a }}', data: {}, missingkey: 'error' },
    {
      ok: false,
      error: { code: 'TEMPLATE_EXECUTE', message: expect.stringContaining('map has no entry for key "a"') },
    },
  ],
  [
    'kustomize.build answers the text',
    { op: 'kustomize.build', dir: 'k' },
    { ok: true, result: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x-a\n' },
  ],
  [
    'jsonnet evaluates files',
    { op: 'jsonnet', file: 'm.jsonnet', extVars: { a: 'x' } },
    { ok: true, result: { a: 'x', b: [1] } },
  ],
  [
    'jsonnet evaluates snippets that import',
    { op: 'jsonnet', snippet: 'function(n) {l: import "l.libsonnet", n: n}', jpath: ['lib'], tlaCode: { n: '1+1' } },
    { ok: true, result: { l: [1], n: 2 } },
  ],
  [
    'health answers status and message',
    {
      op: 'health',
      object: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'a' }, status: { phase: 'Bound' } },
    },
    { ok: true, result: { status: 'Healthy', message: '' } },
  ],
  ['health answers null where a kind has none', { op: 'health', object: configMap({}) }, { ok: true, result: null }],
  ['glob matches', { op: 'glob', pattern: 'a*', text: 'a/b' }, { ok: true, result: true }],
  [
    'glob stops stars at separators',
    { op: 'glob', pattern: 'a*', text: 'a/b', separators: ['/'] },
    { ok: true, result: false },
  ],
  [
    'sync.order orders by wave, kind and name',
    {
      op: 'sync.order',
      tasks: [
        { phase: 'Sync', object: configMap({}, { name: 'b' }) },
        { phase: 'Sync', object: configMap({}, { annotations: { 'argocd.argoproj.io/sync-wave': '1' } }) },
        { phase: 'PreSync', object: configMap({}, { name: 'c' }) },
      ],
    },
    { ok: true, result: { order: [2, 0, 1], waves: [0, 0, 1] } },
  ],
  [
    'sync.facts reads annotations',
    { op: 'sync.facts', object: hook('PreSync') },
    {
      ok: true,
      result: {
        hook: true,
        types: ['PreSync'],
        phases: ['PreSync'],
        deletePolicies: ['BeforeHookCreation'],
        wave: 0,
        skip: false,
        ignored: false,
        syncOptions: {},
      },
    },
  ],
  [
    'sync.plan says what happens to each object',
    {
      op: 'sync.plan',
      target: [
        configMap({ x: '1' }),
        configMap({}, { name: 'same' }),
        { ...hook('PostSync'), metadata: { ...hook('PostSync').metadata, name: 'h' } },
      ],
      live: [
        configMap({ x: '2' }, { namespace: 'n' }),
        configMap({}, { name: 'same', namespace: 'n' }),
        configMap({}, { name: 'old', namespace: 'n' }),
      ],
      app: { spec: { destination: { namespace: 'n' } } },
      options: { prune: true },
    },
    {
      ok: true,
      result: {
        phases: [
          {
            phase: 'Sync',
            wave: 0,
            tasks: [
              { action: 'update', key: '/ConfigMap/n/a', hook: false },
              { action: 'prune', key: '/ConfigMap/n/old', hook: false },
              { action: 'unchanged', key: '/ConfigMap/n/same', hook: false },
            ],
          },
          { phase: 'PostSync', wave: 0, tasks: [{ action: 'hook', key: '/ConfigMap/n/h', hook: true }] },
        ],
        problems: [],
      },
    },
  ],
  [
    'diff tells the fields that differ',
    { op: 'diff', live: configMap({ x: '1', y: '1' }), target: configMap({ x: '2', y: '1' }) },
    {
      ok: true,
      result: expect.objectContaining({
        modified: true,
        differences: [expect.objectContaining({ path: 'data.x', live: '1', desired: '2' })],
      }),
    },
  ],
  [
    'diff passes over ignored fields, from rules and from overrides',
    {
      op: 'diff',
      live: configMap({ x: '1', y: '1' }),
      target: configMap({ x: '2', y: '2' }),
      ignoreDifferences: [{ kind: 'ConfigMap', jsonPointers: ['/data/x'] }],
      overrides: { ConfigMap: { ignoreDifferences: { jsonPointers: ['/data/y'] } } },
    },
    { ok: true, result: expect.objectContaining({ modified: false, differences: [] }) },
  ],
  [
    'diff.hideSecrets masks values',
    {
      op: 'diff.hideSecrets',
      target: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'eA==' } },
      live: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'eQ==' } },
    },
    {
      ok: true,
      result: {
        target: expect.objectContaining({ data: { a: '++++++++' } }),
        live: expect.objectContaining({ data: { a: '++++++++++++' } }),
        lastApplied: null,
      },
    },
  ],
  [
    'semver.check tests a version',
    { op: 'semver.check', constraint: '>= 1.2, < 2', version: 'v1.3' },
    { ok: true, result: true },
  ],
  [
    'rbac.enforce answers with the deciding line',
    {
      op: 'rbac.enforce',
      subject: 'alice',
      request: ['applications', 'sync', 'a/b'],
      userPolicy: 'p, alice, applications, sync, a/*, allow',
    },
    {
      ok: true,
      result: { allowed: true, rule: 'p, alice, applications, sync, a/*, allow', why: expect.stringMatching(/./) },
    },
  ],
  [
    'rbac.can knows aliases of resources',
    { op: 'rbac.can', subject: 'role:readonly', action: 'get', resource: 'app', object: '*', builtinPolicy: true },
    { ok: true, result: { allowed: true } },
  ],
  [
    'rbac.validate names lines',
    { op: 'rbac.validate', policy: '# roles\np, alice\n' },
    { ok: true, result: { problems: [{ line: 2, message: expect.stringMatching(/./) }] } },
  ],
  [
    'rbac.merge composes the parts of a ConfigMap',
    {
      op: 'rbac.merge',
      configMap: { 'policy.csv': 'a', 'policy.z.csv': 'z', 'policy.b.csv': 'b', 'policy.default': 'x' },
    },
    { ok: true, result: 'a\nb\nz' },
  ],
  [
    'semver.check takes pre-releases when asked',
    { op: 'semver.check', constraint: '>= 1.2', version: '1.3.0-rc.1', includePrerelease: true },
    { ok: true, result: true },
  ],
  [
    'semver.parse refuses what the standard does not know when asked',
    { op: 'semver.parse', version: 'v1.2', strict: true },
    { ok: false, error: expect.objectContaining({ code: 'SEMVER_INVALID_VERSION' }) },
  ],
  [
    'semver.parse reads a version',
    { op: 'semver.parse', version: '1.2.3-rc.1+build' },
    { ok: true, result: { major: 1, minor: 2, patch: 3, prerelease: 'rc.1', metadata: 'build' } },
  ],
  ['semver.compare orders versions', { op: 'semver.compare', a: '1.0.0-rc.1', b: '1.0.0' }, { ok: true, result: -1 }],
  [
    'an operation without an engine is unsupported',
    { op: 'nothing.known' },
    { ok: false, error: { code: 'UNSUPPORTED', message: expect.stringContaining('nothing.known') } },
  ],
  [
    'a field of another type is named',
    { op: 'glob', pattern: 1, text: '' },
    { ok: false, error: { code: 'BATCH_INVALID_REQUEST', message: 'field "pattern" must be a text' } },
  ],
]

describe('admin batch', () => {
  let answers: unknown[] = []
  let files: ReturnType<typeof scratch>
  beforeAll(async () => {
    files = scratch(chart)
    // JSON.stringify would round the number that must stay exact.
    const lines = cases.map(([, request], id) =>
      JSON.stringify({ id, ...request }).replace('9007199254740992', '9007199254740993'),
    )
    const { out } = await runDriftless(['admin', 'batch'], { ...files, input: `${lines.join('\n')}\n` })
    answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
  })
  afterAll(() => files[Symbol.dispose]())

  it.each(cases.map(([what, , answer], id) => [what, id, answer] as const))('%s', (_what, id, answer) => {
    expect(answers[id]).toEqual({ id, ...answer })
  })

  it('answers a bad line with an error and goes on, in order, whatever the ids are', async () => {
    const input = [
      '{"id":"a","op":"glob","pattern":"*","text":""}',
      'no json',
      '[1]',
      '',
      '{"op":"glob","pattern":"[","text":""}',
      '{"id":{"x":1},"op":"glob","pattern":"b","text":"a"}',
    ].join('\n')
    const { code, out } = await runDriftless(['admin', 'batch'], { input })
    expect(code).toBe(0)
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { id: 'a', ok: true, result: true },
      { id: null, ok: false, error: expect.objectContaining({ code: 'BATCH_INVALID_JSON' }) },
      { id: null, ok: false, error: expect.objectContaining({ code: 'BATCH_INVALID_JSON' }) },
      { id: null, ok: false, error: expect.objectContaining({ code: 'GLOB_INVALID' }) },
      { id: { x: 1 }, ok: true, result: false },
    ])
  })

  it('reads a file, and says when there is none', async () => {
    using requests = scratch({ 'r.jsonl': '{"id":1,"op":"glob","pattern":"*","text":""}\r\n' })
    expect((await runDriftless(['admin', 'batch', 'r.jsonl'], requests)).out).toBe('{"id":1,"ok":true,"result":true}\n')
    const absent = await runDriftless(['admin', 'batch', 'none.jsonl'], requests)
    expect([absent.code, absent.err]).toEqual([1, expect.stringContaining('none.jsonl')])
  })
})
