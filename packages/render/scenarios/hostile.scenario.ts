import { hasGitHttpBackend } from '@driftless/testkit'
import { describe, expect, it } from 'vitest'
import { configMap, failureOf, namesOf, openStage } from './stage.ts'

const bomb = `apiVersion: v1
kind: ConfigMap
metadata: {name: bomb}
a: &a [x,x,x,x,x,x,x,x,x]
${'bcdefghij'
  .split('')
  .map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghij'[index]}`).join(',')}]`)
  .join('\n')}
`

describe.skipIf(!(await hasGitHttpBackend()))('hostile sources (skipped where git http-backend is missing)', () => {
  it.each([
    ['aliases that multiply', { 'app/a.yaml': bomb }, /^(YAML|LIMIT)_/],
    [
      'endless nesting',
      { 'app/a.yaml': `apiVersion: v1\nkind: A\nmetadata: {name: a}\nx: ${'['.repeat(50_000)}` },
      /^YAML_INVALID$/,
    ],
    ['a file of 12 MB', { 'app/a.yaml': `# ${'x'.repeat(12 << 20)}` }, /^GIT_FILE_TOO_LARGE$/],
    [
      'many manifests',
      Object.fromEntries(
        Array.from({ length: 12 }, (_, index) => [`app/${index}.yaml`, configMap('big', { x: 'y'.repeat(1 << 20) })]),
      ),
      /^RENDER_MANIFESTS_TOO_LARGE$/,
    ],
    [
      'a chart that writes without end',
      {
        'app/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
        'app/templates/a.yaml': '{{ range $i := until 1000000 }}{{ printf "%01000d" $i }}{{ end }}',
      },
      /^(HELM|LIMIT|RENDER)_/,
    ],
    [
      'a chart that calls itself',
      {
        'app/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
        'app/templates/a.yaml': '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
      },
      /^(HELM|LIMIT|RENDER)_/,
    ],
    ['a kustomization that is its own base', { 'app/kustomization.yaml': 'resources: [../app]\n' }, /^KUSTOMIZE_/],
  ] as [string, Record<string, string>, RegExp][])(
    '[S1] %s end in an error that names the file, and others go on',
    async (_name, files, code) => {
      await using stage = await openStage({ limits: { timeoutSeconds: 10, outputBytes: 1 << 20 } })
      const sha = await stage.server.createRepository('r', { ...files, 'fine/a.yaml': configMap('fine') })
      const [error, fine] = await Promise.all([
        failureOf(stage.render('r', { path: 'app', sha })),
        stage.render('r', { path: 'fine', sha }),
      ])
      expect(error.code, error.message).toMatch(code)
      expect(error.message).toMatch(/app|templates\/a\.yaml/)
      expect(namesOf(fine)).toEqual(['ConfigMap/fine'])
    },
  )

  it('[S2] options that are a link out of the repository are not read', async () => {
    await using stage = await openStage()
    await stage.server.createRepository('r', { 'app/a.yaml': configMap('a') })
    const sha = await stage.server.commit('r', {
      branch: 'main',
      message: 'l',
      links: { 'app/.argocd-source.yaml': '/etc/passwd' },
    })
    expect((await failureOf(stage.render('r', { path: 'app', sha }))).code).toBe('FILE_OUTSIDE')
  })

  it('[S3] a chart cannot read files outside itself', async () => {
    await using stage = await openStage()
    await stage.server.createRepository('r', {
      'secret.txt': 'canary',
      'app/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'app/templates/a.yaml': `${configMap('a')}data: {x: {{ .Files.Get "../secret.txt" | quote }}, w: {{ .Files.Get "out" | quote }}, z: {{ .Files.Get "/etc/passwd" | quote }}}\n`,
    })
    const fine = await stage.server.commit('r', { branch: 'main', message: 'm' })
    const { objects } = await stage.render('r', { path: 'app', sha: fine })
    expect(objects[0]?.data).toEqual({ x: '', w: '', z: '' })
    const sha = await stage.server.commit('r', { branch: 'main', message: 'l', links: { 'app/out': '/etc/passwd' } })
    const rendered = await stage.render('r', { path: 'app', sha }).catch((error) => error)
    expect(JSON.stringify(rendered.objects ?? rendered.code)).not.toMatch(/root:/)
  })
})
