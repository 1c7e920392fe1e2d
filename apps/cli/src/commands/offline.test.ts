import { execFile } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bin, runDriftless, scratch } from '../testing/run-driftless.ts'

const chart = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'chart/values.yaml': 'color: blue\nnotes: {}\n',
  'chart/templates/a.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  namespace: {{ .Release.Namespace }}\ndata:\n  color: {{ .Values.color | quote }}\n  notes: {{ toJson .Values.notes | quote }}\n  kube: {{ .Capabilities.KubeVersion.Version }}\n  monitors: {{ .Capabilities.APIVersions.Has "example.com/v1" | quote }}\n',
  'chart/templates/b.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: other\n',
  'chart/templates/test.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: t\n  annotations:\n    helm.sh/hook: test\nspec: {}\n',
  'chart/crds/crd.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: x\n',
}

describe('helm template', () => {
  it('prints documents in install order with their sources', async () => {
    using files = scratch(chart)
    const { code, out } = await runDriftless(['helm', 'template', 'chart', '--skip-tests'], files)
    expect(code).toBe(0)
    expect(out.split(/^---\n/m).map((text) => text.trim())).toEqual([
      '',
      '# Source: web/templates/b.yaml\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: other',
      '# Source: web/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: release-name\n  namespace: default\ndata:\n  color: "blue"\n  notes: "{}"\n  kube: v1.37.0\n  monitors: "false"',
    ])
  })

  it('takes values from files, standard input and --set in this order, and all other flags', async () => {
    using files = scratch({ ...chart, 'red.yaml': 'color: red\n', 'note.txt': 'from a file' })
    const args = ['helm', 'template', 'my', 'chart', '-n', 'shop', '-f', 'red.yaml,-', '--set', 'notes.a=1,notes.b=x']
    const more = ['--set-string', 'notes.c=2', '--set-json', 'notes.d=[3]', '--set-file', 'notes.e=note.txt']
    const rest = ['--kube-version', 'v1.30.1', '-a', 'example.com/v1', '-s', 'templates/a.yaml', '--include-crds']
    const { code, out } = await runDriftless([...args, ...more, ...rest], { ...files, input: 'color: green\n' })
    expect(code).toBe(0)
    expect(out).toContain('name: my\n  namespace: shop\n')
    expect(out).toContain('color: "green"')
    expect(out).toContain('kube: v1.30.1\n  monitors: "true"')
    const notes = /notes: (".*")/.exec(out)?.[1] ?? ''
    expect(JSON.parse(JSON.parse(notes) as string)).toEqual({ a: 1, b: 'x', c: '2', d: [3], e: 'from a file' })
    expect(out).not.toContain('CustomResourceDefinition')
  })

  it('prints CRDs and tests when they are wanted', async () => {
    using files = scratch(chart)
    const { out } = await runDriftless(['helm', 'template', 'chart', '--include-crds'], files)
    expect(out.match(/^# Source: .*/gm)).toEqual([
      '# Source: web/crds/crd.yaml',
      '# Source: web/templates/b.yaml',
      '# Source: web/templates/a.yaml',
      '# Source: web/templates/test.yaml',
    ])
  })

  it('answers an error on standard error with exit code 1, and prints nothing', async () => {
    using files = scratch({ ...chart, 'chart/templates/a.yaml': '{{ fail "no color" }}' })
    const { code, out, err } = await runDriftless(['helm', 'template', 'chart'], files)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^Error: .*no color/)
  })

  it('reads nothing outside of the chart through a link', async () => {
    using files = scratch({ ...chart, 'secret.yaml': 'a: secret' })
    symlinkSync('../../secret.yaml', join(files.directory, 'chart/templates/c.yaml'))
    const { code, out, err } = await runDriftless(['helm', 'template', 'chart'], files)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('secret.yaml')
    expect(err).not.toContain('a: secret')
  })
})

describe('kustomize build', () => {
  it('prints what a kustomization above another one makes', async () => {
    using files = scratch({
      'base/kustomization.yaml': 'resources: [cm.yaml]\n',
      'base/cm.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\n',
      'over/kustomization.yaml': 'resources: [../base]\nnamePrefix: x-\n',
    })
    const { code, out } = await runDriftless(['kustomize', 'build', 'over'], files)
    expect([code, out]).toEqual([0, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x-a\n'])
  })

  it('refuses files outside of the kustomization unless told', async () => {
    using files = scratch({
      'cm.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\n',
      'over/kustomization.yaml': 'resources: [../cm.yaml]\n',
    })
    expect((await runDriftless(['kustomize', 'build', 'over'], files)).code).toBe(1)
    const args = ['kustomize', 'build', 'over', '--load-restrictor', 'LoadRestrictionsNone']
    expect((await runDriftless(args, files)).out).toContain('name: a')
  })
})

describe('jsonnet', () => {
  it('prints JSON with variables, arguments and libraries, from beside and above', async () => {
    using files = scratch({
      'app/main.jsonnet':
        'function(size) {a: std.extVar("a"), b: std.extVar("b"), l: import "l.libsonnet", u: import "../up.libsonnet", size: size, file: std.thisFile}',
      'lib/l.libsonnet': '1',
      'up.libsonnet': '2',
    })
    const args = ['jsonnet', 'app/main.jsonnet', '-J', 'lib', '-V', 'a=x', '--ext-code', 'b=1+1', '--tla-str', 'size=3']
    const { code, out } = await runDriftless(args, files)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({ a: 'x', b: 2, l: 1, u: 2, size: '3', file: 'app/main.jsonnet' })
  })

  it('answers an error with exit code 1', async () => {
    const { code, out, err } = await runDriftless(['jsonnet', '-e', 'error "broken"'])
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('broken')
  })
})

describe('admin settings resource-overrides health', () => {
  it('prints status and message, and says when a kind has no health', async () => {
    using files = scratch({
      'pvc.yaml': 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: a\nstatus:\n  phase: Pending\n',
      'cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
    })
    const health = (path: string) => runDriftless(['admin', 'settings', 'resource-overrides', 'health', path], files)
    expect(await health('pvc.yaml')).toMatchObject({ code: 0, out: 'STATUS: Progressing\nMESSAGE: \n' })
    expect((await health('cm.yaml')).out).toContain("not configured for 'v1/ConfigMap'")
  })
})

describe('admin settings rbac', () => {
  const policies = {
    'policy.csv': 'p, alice, applications, sync, shop/*, allow\n',
    'cm.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: argocd-rbac-cm\ndata:\n  policy.default: role:readonly\n  policy.csv: |\n    p, bob, clusters, get, *, allow\n  policy.more.csv: |\n    p, bob, repositories, get, *, allow\n',
    'broken.csv': '# policy\np, alice, applications\n',
  }
  const rbac = async (...args: string[]) => {
    using files = scratch(policies)
    return await runDriftless(['admin', 'settings', 'rbac', ...args], files)
  }

  it.each([
    ['Yes', ['alice', 'sync', 'applications', 'shop/web', '--policy-file', 'policy.csv']],
    ['No', ['alice', 'sync', 'applications', 'other/web', '--policy-file', 'policy.csv']],
    ['Yes', ['alice', 'get', 'app', 'x/y', '--policy-file', 'policy.csv', '--default-role', 'role:readonly']],
    ['Yes', ['bob', 'get', 'repo', '--policy-file', 'cm.yaml']],
    ['Yes', ['carol', 'get', 'app', 'x/y', '--policy-file', 'cm.yaml']],
    ['No', ['carol', 'get', 'app', 'x/y', '--policy-file', 'cm.yaml', '--use-builtin-policy=false']],
  ])('can answers %s to %j', async (answer, args) => {
    expect(await rbac('can', ...args)).toEqual({ code: answer === 'Yes' ? 0 : 1, out: `${answer}\n`, err: '' })
  })

  it('can refuses words that nobody knows, unless told', async () => {
    const args = ['can', 'alice', 'fly', 'app', '--policy-file', 'policy.csv']
    expect(await rbac(...args)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('fly') })
    expect(await rbac(...args, '--strict=false')).toMatchObject({ code: 1, out: 'No\n' })
  })

  it('validate prints problems with their lines', async () => {
    expect(await rbac('validate', '--policy-file', 'policy.csv')).toMatchObject({ code: 0, out: 'Policy is valid.\n' })
    const { code, out } = await rbac('validate', '--policy-file', 'broken.csv')
    expect([code, out]).toEqual([1, expect.stringMatching(/^broken\.csv:2: ./)])
  })
})

describe('the command', () => {
  it('prints its own version without a server', async () => {
    expect((await runDriftless(['version', '--client', '--short'])).out).toMatch(/^driftless: v\d+\.\d+\.\d+\n$/)
  })

  it('shows all commands without a word, a group with one, and flags with --help', async () => {
    expect((await runDriftless([])).out).toMatch(/^ {2}app sync +Deploys/m)
    const group = await runDriftless(['app'])
    expect(group.out).toContain('app wait')
    expect(group.out).not.toContain('repo add')
    expect((await runDriftless(['app', 'sync', '--help'])).out).toMatch(/--prune +deletes/)
  })

  it('ends quietly when nobody reads on', async () => {
    using files = scratch({
      'r.jsonl': '{"op":"glob","pattern":"*","text":""}\n'.repeat(50_000),
    })
    const script = '"$0" "$1" admin batch r.jsonl 2>err | head -n 1; cat err'
    const { stdout } = await promisify(execFile)('sh', ['-c', script, process.execPath, bin], { cwd: files.directory })
    expect(stdout).toBe('{"id":null,"ok":true,"result":true}\n')
  })

  it.each([
    ['an unknown command', ['app', 'fly'], 1],
    ['an unknown flag', ['helm', 'template', 'x', '--fly'], 1],
    ['a missing operand', ['app', 'get'], 1],
    ['a missing operand of app diff', ['app', 'diff'], 2],
    ['a server that is not known', ['app', 'list'], 20],
    ['a server that is not there', ['app', 'list', '--server', '127.0.0.1:1', '--plaintext'], 20],
  ])('answers %s with its exit code and a reason', async (_what, args, expected) => {
    const { code, out, err } = await runDriftless(args)
    expect([code, out]).toEqual([expected, ''])
    expect(err).toMatch(/^Error: /)
  })
})
