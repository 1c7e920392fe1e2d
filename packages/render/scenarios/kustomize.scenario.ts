import { hasGitHttpBackend } from '@driftless/testkit'
import { describe, expect, it } from 'vitest'
import { configMap, failureOf, namesOf, openStage } from './stage.ts'

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: nginx:1.25}
`
const files = {
  'base/kustomization.yaml': 'resources:\n- deployment.yaml\n',
  'base/deployment.yaml': deployment,
  'overlays/prod/kustomization.yaml': 'resources:\n- ../../base\nnamePrefix: prod-\n',
  'other/x.yaml': configMap('x'),
}

describe.skipIf(!(await hasGitHttpBackend()))('a kustomization (skipped where git http-backend is missing)', () => {
  it('[K1] is found by its file and built with its bases elsewhere in the repository', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', files)
    const rendered = await stage.render('r', { path: 'overlays/prod', sha })
    expect(rendered.sourceType).toBe('Kustomize')
    expect(namesOf(rendered)).toEqual(['Deployment/prod-web'])
    expect(rendered.filesRead).toContain('base/deployment.yaml')
    const elsewhere = await stage.server.commit('r', {
      branch: 'main',
      message: 'x',
      files: { 'other/x.yaml': configMap('x2') },
    })
    expect((await stage.render('r', { path: 'overlays/prod', sha: elsewhere })).cached).toBe(true)
    const base = await stage.server.commit('r', {
      branch: 'main',
      message: 'b',
      files: { 'base/deployment.yaml': deployment.replace('1.25', '1.26') },
    })
    expect((await stage.render('r', { path: 'overlays/prod', sha: base })).cached).toBe(false)
  })

  it('[K2] is changed by the options of the source, with variables of the build environment', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', files)
    const kustomize = {
      nameSuffix: '-x',
      namespace: 'elsewhere',
      images: ['nginx=registry/nginx:$ARGOCD_APP_NAME'],
      replicas: [{ name: 'web', count: '3' }],
      commonLabels: { team: '$ARGOCD_APP_PROJECT_NAME' },
      commonAnnotations: { plain: '$ARGOCD_APP_NAME' },
    }
    const { objects } = await stage.render('r', { path: 'overlays/prod', sha, kustomize })
    expect(objects[0]).toMatchObject({
      metadata: {
        name: 'prod-web-x',
        namespace: 'elsewhere',
        labels: { team: 'default' },
        annotations: { plain: '$ARGOCD_APP_NAME' },
      },
      spec: { replicas: 3, template: { spec: { containers: [{ image: 'registry/nginx:shop' }] } } },
    })
  })

  it('[K3] wins over a chart in the same directory', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', {
      ...files,
      'base/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
    })
    expect((await stage.render('r', { path: 'base', sha })).sourceType).toBe('Kustomize')
    expect(await stage.renderer.discover({ remote: { url: stage.server.url('r') }, sha })).toEqual([
      { path: 'base', type: 'Kustomize' },
      { path: 'overlays/prod', type: 'Kustomize' },
    ])
  })

  it('[K4] must not read outside the repository', async () => {
    await using stage = await openStage()
    const bad = ['../../../etc', '../../../../../../etc/passwd', '/etc/passwd']
    await stage.server.createRepository('r', files)
    for (const resource of bad) {
      const kustomization = `resources:\n- ${resource}\n`
      const sha = await stage.server.commit('r', {
        branch: 'main',
        message: 'x',
        files: { 'overlays/prod/kustomization.yaml': kustomization },
      })
      const error = await failureOf(stage.render('r', { path: 'overlays/prod', sha }))
      expect(error.code, error.message).toMatch(/^(FILE|KUSTOMIZE)_/)
    }
    const linked = await stage.server.commit('r', {
      branch: 'main',
      message: 'x',
      files: { 'l/kustomization.yaml': 'resources: [a.yaml]\n' },
      links: { 'l/a.yaml': '/etc/passwd' },
    })
    expect((await failureOf(stage.render('r', { path: 'l', sha: linked }))).code).toMatch(/^(FILE|KUSTOMIZE)_/)
  })

  it('[F2] describes its images for a form', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', files)
    const url = stage.server.url('r')
    const application = { instanceName: 'shop', namespace: 'n', project: 'p' }
    expect(
      await stage.renderer.appDetails({
        application,
        source: { repoURL: url, path: 'overlays/prod' },
        sha,
        remote: { url },
      }),
    ).toEqual({
      type: 'Kustomize',
      kustomize: { images: ['nginx:1.25'] },
    })
  })

  it('[W3] many bases in many places need few rounds', async () => {
    await using stage = await openStage()
    const names = Array.from({ length: 40 }, (_, index) => `team${index}`)
    const spread = Object.fromEntries(
      names.flatMap((name) => [
        [`teams/${name}/base/kustomization.yaml`, 'resources: [cm.yaml]\n'],
        [`teams/${name}/base/cm.yaml`, configMap(name)],
      ]),
    )
    const resources = names.map((name) => `- ../teams/${name}/base\n`).join('')
    const sha = await stage.server.createRepository('r', {
      ...spread,
      'all/kustomization.yaml': `resources:\n${resources}`,
    })
    expect((await stage.render('r', { path: 'all', sha })).objects).toHaveLength(40)
  })
})
