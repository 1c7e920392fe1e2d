import { hasGitHttpBackend } from '@driftless/testkit'
import { describe, expect, it } from 'vitest'
import { configMap, failureOf, namesOf, openStage } from './stage.ts'

const chart = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'chart/values.yaml': 'replicas: 1\nimage:\n  tag: v1\nargs: [a]\n',
  'chart/templates/cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  tag: {{ .Values.image.tag | quote }}
  replicas: {{ .Values.replicas | quote }}
  args: {{ join "+" .Values.args | quote }}
  extra: {{ .Values.extra | default "" | quote }}
  kube: {{ .Capabilities.KubeVersion.Version }}
  custom: {{ .Capabilities.APIVersions.Has "example.com/v1" | quote }}
`,
  'chart/crds/crd.yaml':
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.example.com\n',
}

describe.skipIf(!(await hasGitHttpBackend()))('a Helm chart (skipped where git http-backend is missing)', () => {
  it('[H7] is found by Chart.yaml and rendered for the release, with its CRDs', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', chart)
    const rendered = await stage.render(
      'r',
      { path: 'chart', sha },
      { kubeVersion: '1.31.2', apiVersions: ['example.com/v1'] },
    )
    expect(rendered.sourceType).toBe('Helm')
    expect(namesOf(rendered)).toEqual(['CustomResourceDefinition/things.example.com', 'ConfigMap/shop'])
    expect(rendered.objects[1]).toMatchObject({
      metadata: { name: 'shop', namespace: 'shop-ns' },
      data: { tag: 'v1', replicas: '1', args: 'a', kube: 'v1.31.2', custom: 'true' },
    })
    expect(rendered.commands[0]).toBe(
      'helm template . --name-template shop --namespace shop-ns --kube-version 1.31.2 --include-crds',
    )
    expect(rendered.filesRead).toContain('chart/templates/cm.yaml')
    const without = await stage.render('r', {
      path: 'chart',
      sha,
      helm: { skipCrds: true, releaseName: 'other', namespace: 'elsewhere' },
    })
    expect(namesOf(without)).toEqual(['ConfigMap/other'])
    expect(without.objects[0]?.metadata.namespace).toBe('elsewhere')
  })

  it('[H8] the release of an application outside the control plane has the bare name', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', chart)
    const application = { instanceName: 'team_cart', namespace: 'apps', project: 'p' }
    expect(namesOf(await stage.render('r', { path: 'chart', sha, helm: { skipCrds: true } }, { application }))).toEqual(
      ['ConfigMap/cart'],
    )
  })

  it('[H9] values: files in order, then the block, then parameters', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', {
      ...chart,
      'chart/one.yaml': 'image: {tag: one}\nreplicas: 11\nextra: one\n',
      'env/two.yaml': 'image: {tag: two}\nreplicas: 12\n',
      'text.txt': 'from a file',
    })
    const data = async (helm: object) => {
      const { objects } = await stage.render('r', { path: 'chart', sha, helm: { skipCrds: true, ...helm } })
      return objects[0]?.data as Record<string, string>
    }
    const valueFiles = ['one.yaml', '/env/two.yaml']
    expect(await data({ valueFiles })).toMatchObject({ tag: 'two', replicas: '12', extra: 'one' })
    expect(await data({ valueFiles, values: 'image:\n  tag: block\n' })).toMatchObject({ tag: 'block', replicas: '12' })
    expect(await data({ values: 'image: {tag: text}', valuesObject: { image: { tag: 'object' } } })).toMatchObject({
      tag: 'object',
    })
    const parameters = [
      { name: 'image.tag', value: '$ARGOCD_APP_NAME-1,2' },
      { name: 'args', value: '{x,y}' },
      { name: 'replicas', value: '007', forceString: true },
    ]
    expect(await data({ valuesObject: { image: { tag: 'object' } }, parameters })).toMatchObject({
      tag: 'shop-1,2',
      args: 'x+y',
      replicas: '007',
    })
    expect(await data({ fileParameters: [{ name: 'extra', path: '/text.txt' }] })).toMatchObject({
      extra: 'from a file',
    })
  })

  it('[H10] values files of another source come from its own repository and commit', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', chart)
    const valuesSha = await stage.server.createRepository('values', {
      'prod/shop.yaml': 'image: {tag: elsewhere}\n',
      'x.yaml': '',
    })
    const references = { vals: { remote: { url: stage.server.url('values') }, sha: valuesSha } }
    const source = { path: 'chart', sha, helm: { skipCrds: true, valueFiles: ['$vals/prod/shop.yaml'] } }
    const rendered = await stage.render('r', source, { references })
    expect(rendered.objects[0]?.data).toMatchObject({ tag: 'elsewhere' })
    expect(rendered.filesRead).toContain('$vals/prod/shop.yaml')
    const next = await stage.server.commit('values', { branch: 'main', message: 'x', files: { 'x.yaml': 'a: 1' } })
    const again = await stage.render('r', source, {
      references: { vals: { remote: { url: stage.server.url('values') }, sha: next } },
    })
    expect(again.cached).toBe(true)
    const changed = await stage.server.commit('values', {
      branch: 'main',
      message: 'y',
      files: { 'prod/shop.yaml': 'image: {tag: new}' },
    })
    const third = await stage.render('r', source, {
      references: { vals: { remote: { url: stage.server.url('values') }, sha: changed } },
    })
    expect(third.objects[0]?.data).toMatchObject({ tag: 'new' })
  })

  it('[H11] a chart that does not render says file, line and message', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', {
      ...chart,
      'chart/templates/bad.yaml': 'a: 1\nb: {{ .Values.none.deeper }}\n',
    })
    const error = await failureOf(stage.render('r', { path: 'chart', sha }))
    expect(error.code).toMatch(/^HELM_/)
    expect(error.message).toMatch(/shop\/templates\/bad\.yaml:2:\d+/)
    expect(error.message).toMatch(/nil pointer evaluating/)
    const broken = await stage.server.commit('r', {
      branch: 'main',
      message: 'b',
      files: { 'chart/templates/bad.yaml': 'kind: {{ if }}' },
    })
    expect((await failureOf(stage.render('r', { path: 'chart', sha: broken }))).message).toMatch(/bad\.yaml:1/)
    const notKube = await stage.server.commit('r', {
      branch: 'main',
      message: 'b',
      files: { 'chart/templates/bad.yaml': 'kind: X\n' },
    })
    const wrong = await failureOf(stage.render('r', { path: 'chart', sha: notKube }))
    expect(wrong.message).toMatch(/bad\.yaml/)
  })

  it('[H12] a chart that uses the commit renders anew for each', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', chart)
    const next = await stage.server.commit('r', { branch: 'main', message: 'x', files: { 'other.txt': '1' } })
    const helm = { skipCrds: true, parameters: [{ name: 'image.tag', value: '$ARGOCD_APP_REVISION_SHORT' }] }
    await stage.render('r', { path: 'chart', sha, helm })
    const rendered = await stage.render('r', { path: 'chart', sha: next, helm })
    expect(rendered.cached).toBe(false)
    expect(rendered.objects[0]?.data).toMatchObject({ tag: next.slice(0, 7) })
  })

  it('[H13] a template without end is stopped with an error', async () => {
    await using stage = await openStage({ limits: { timeoutSeconds: 6 } })
    const sha = await stage.server.createRepository('r', {
      ...chart,
      'chart/templates/loop.yaml': '{{ range $i := until 100000 }}{{ range $j := until 100000 }}{{ end }}{{ end }}',
      'fine/a.yaml': configMap('a'),
    })
    const bad = failureOf(stage.render('r', { path: 'chart', sha }))
    expect((await bad).code).toMatch(/^(HELM_RENDER_FAILED|RENDER_TIMEOUT|RENDER_OUT_OF_MEMORY|RENDER_LIMIT_EXCEEDED)$/)
    expect(namesOf(await stage.render('r', { path: 'fine', sha }))).toEqual(['ConfigMap/a'])
  })

  it('[F1] describes itself for a form: values files, parameters', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', { ...chart, 'chart/values-prod.yaml': 'replicas: 3\n' })
    const url = stage.server.url('r')
    const application = { instanceName: 'shop', namespace: 'apps', project: 'p' }
    const source = { repoURL: url, path: 'chart', helm: { valueFiles: ['values-prod.yaml'] } }
    expect(await stage.renderer.appDetails({ application, source, sha, remote: { url } })).toEqual({
      type: 'Helm',
      helm: {
        name: 'shop',
        valueFiles: ['values-prod.yaml', 'values.yaml'],
        values: chart['chart/values.yaml'],
        parameters: [
          { name: 'args[0]', value: 'a' },
          { name: 'image.tag', value: 'v1' },
          { name: 'replicas', value: '3' },
        ],
        fileParameters: [],
      },
    })
    expect(await stage.renderer.detect({ remote: { url }, sha, path: 'chart' })).toEqual({ type: 'Helm' })
    expect(await stage.renderer.discover({ remote: { url }, sha })).toEqual([{ path: 'chart', type: 'Helm' }])
  })
})
