import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasKubectl, type Kubectl, kubectlFor } from './support/kubectl.ts'
import { startServer, type TestServer } from './support/server.ts'

// A real kubectl against a listener over generic kinds; skipped, as the report says, where kubectl is not installed.
describe.skipIf(!hasKubectl)('kubectl', () => {
  let server: TestServer
  let kubectl: Kubectl
  beforeAll(async () => {
    server = await startServer({
      logs: {
        async *open({ follow }, signal) {
          yield 'first\n'
          if (follow)
            await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
        },
      },
    })
    kubectl = kubectlFor(server.url)
  })
  afterAll(async () => {
    kubectl[Symbol.dispose]()
    await server[Symbol.asyncDispose]()
  })

  it('version, api-resources and api-versions see what is served', async () => {
    expect(await kubectl('version')).toContain('Server Version: v1.36.0')
    expect(await kubectl('api-resources')).toMatch(/^deployments +deploy +apps\/v1 +true +Deployment$/m)
    expect(await kubectl('api-versions')).toContain('apiextensions.k8s.io/v1')
  })

  it('apply creates, leaves unchanged, changes, and diff agrees', async () => {
    const file = kubectl.file('web.yaml', deployment('web', 'nginx:1'))
    expect(await kubectl('apply', '-f', file)).toBe('deployment.apps/web created\n')
    expect(await kubectl('apply', '-f', file)).toBe('deployment.apps/web unchanged\n')
    expect(await kubectl('diff', '-f', file)).toBe('')
    const next = kubectl.file('web-2.yaml', deployment('web', 'nginx:2'))
    const { code, stdout } = await kubectl.attempt(['diff', '-f', next])
    expect(code).toBe(1)
    expect(stdout.split('\n').filter((line) => /^[-+] /.test(line))).toEqual([
      '-  generation: 1',
      '+  generation: 2',
      '-      - image: nginx:1',
      '+      - image: nginx:2',
    ])
    expect(await kubectl('apply', '-f', next)).toBe('deployment.apps/web configured\n')
    expect(await kubectl('get', 'deploy', 'web', '-o', 'jsonpath={.spec.template.spec.containers[0].image}')).toBe(
      'nginx:2',
    )
  })

  it('apply --server-side reports conflicts and forces', async () => {
    const file = (value: string) => kubectl.file(`ssa-${value}.yaml`, configMap('ssa', { a: value }))
    expect(await kubectl('apply', '--server-side', '-f', file('1'))).toBe('configmap/ssa serverside-applied\n')
    const conflict = await kubectl.attempt(['apply', '--server-side', '--field-manager=other', '-f', file('2')])
    expect(conflict.stderr).toContain('Apply failed with 1 conflict: conflict with "kubectl": .data.a')
    await kubectl('apply', '--server-side', '--field-manager=other', '--force-conflicts', '-f', file('2'))
    expect(await kubectl('get', 'cm', 'ssa', '-o', 'jsonpath={.data.a}')).toBe('2')
    expect(await kubectl('diff', '--server-side', '--field-manager=other', '-f', file('2'))).toBe('')
  })

  it('validation on the server refuses unknown fields', async () => {
    const file = kubectl.file('typo.yaml', { ...configMap('typo', {}), dat: {} })
    const { code, stderr } = await kubectl.attempt(['create', '-f', file])
    expect([code, stderr]).toEqual([1, expect.stringContaining('strict decoding error: unknown field "dat"')])
    expect((await kubectl.attempt(['apply', '--validate=warn', '-f', file])).stderr).toContain(
      'Warning: unknown field "dat"',
    )
  })

  it('create in its many forms, which send protobuf', async () => {
    expect(await kubectl('create', 'namespace', 'made')).toBe('namespace/made created\n')
    await kubectl('create', 'configmap', 'made', '--from-literal=a=1')
    await kubectl('create', 'secret', 'generic', 'made', '--from-literal=password=x')
    await kubectl('create', 'serviceaccount', 'made')
    await kubectl('create', 'deployment', 'made', '--image=nginx', '--replicas=2', '--port=80')
    expect(server.api.get({ group: '', kind: 'Secret', namespace: 'default', name: 'made' })?.data).toEqual({
      password: 'eA==',
    })
    const made = server.api.get({ group: 'apps', kind: 'Deployment', namespace: 'default', name: 'made' })
    expect(made?.spec).toMatchObject({
      replicas: 2,
      template: { spec: { containers: [{ image: 'nginx', ports: [{ containerPort: 80, protocol: 'TCP' }] }] } },
    })
    expect(await kubectl('create', 'configmap', 'dry', '--dry-run=server', '-o', 'name')).toBe('configmap/dry\n')
  })

  it('get prints tables, yaml, wide and by label', async () => {
    await kubectl('create', '-f', kubectl.file('labelled.yaml', configMap('labelled', { a: '1' }, { tier: 'x' })))
    expect(await kubectl('get', 'cm', '-l', 'tier=x', '--no-headers')).toMatch(/^labelled +\d+s\n$/)
    expect(await kubectl('get', 'cm,deploy', '-A', '-o', 'name')).toContain('configmap/labelled\n')
    expect(await kubectl('get', 'cm', 'labelled', '-o', 'yaml')).toContain('  labels:\n    tier: x\n')
    expect((await kubectl.attempt(['get', 'cm', 'absent'])).stderr).toBe(
      'Error from server (NotFound): configmaps "absent" not found\n',
    )
  })

  it('patch, label, annotate, scale, set image, replace and edit', async () => {
    await kubectl('create', '-f', kubectl.file('many.yaml', deployment('many', 'nginx:1')))
    await kubectl(
      'patch',
      'deploy',
      'many',
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"c","env":[{"name":"A","value":"1"}]}]}}}}',
    )
    await kubectl('patch', 'deploy', 'many', '--type=merge', '-p', '{"spec":{"minReadySeconds":3}}')
    await kubectl('patch', 'deploy', 'many', '--type=json', '-p', '[{"op":"add","path":"/spec/paused","value":true}]')
    await kubectl('label', 'deploy', 'many', 'tier=front')
    await kubectl('annotate', 'deploy', 'many', 'note=yes')
    await kubectl('scale', 'deploy', 'many', '--replicas=5')
    await kubectl('set', 'image', 'deploy/many', 'c=nginx:3')
    const many = server.api.get({ group: 'apps', kind: 'Deployment', namespace: 'default', name: 'many' })
    expect(many?.spec).toMatchObject({
      replicas: 5,
      paused: true,
      minReadySeconds: 3,
      template: { spec: { containers: [{ name: 'c', image: 'nginx:3', env: [{ name: 'A', value: '1' }] }] } },
    })
    expect(many?.metadata).toMatchObject({ labels: { tier: 'front' }, annotations: { note: 'yes' } })
    await kubectl('replace', '-f', kubectl.file('ssa-r.yaml', configMap('labelled', { z: '1' })))
    const editor = kubectl.file('editor.sh', '#!/bin/sh\nsed -i "s/z: .*/z: edited/" "$1"\n')
    const edited = await kubectl.attempt(['edit', 'cm', 'labelled'], '', { KUBE_EDITOR: `sh ${editor}` })
    expect(edited.stdout).toBe('configmap/labelled edited\n')
    expect(await kubectl('get', 'cm', 'labelled', '-o', 'jsonpath={.data.z}')).toBe('edited')
  })

  it('explain follows the published schemas', async () => {
    expect(await kubectl('explain', 'deployment.spec.template.spec.containers.image')).toContain(
      'FIELD: image <string>',
    )
    expect(await kubectl('explain', 'configmap')).toMatch(/data\s+<map\[string\]string>/)
  })

  it('describe and events', async () => {
    server.api.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e1', namespace: 'default' },
      involvedObject: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
        namespace: 'default',
        uid: server.api.get({ group: 'apps', kind: 'Deployment', namespace: 'default', name: 'web' })?.metadata.uid,
      },
      reason: 'Scaled',
      message: 'it was scaled',
      type: 'Normal',
      count: 1,
    })
    expect(await kubectl('describe', 'deploy', 'web')).toContain('it was scaled')
    expect(await kubectl('events', '--for', 'deployment/web')).toContain('it was scaled')
  })

  it('wait and rollout status follow changes', async () => {
    await kubectl('create', 'configmap', 'waited', '--from-literal=done=no')
    const waited = kubectl('wait', '--for=jsonpath={.data.done}=yes', 'cm/waited', '--timeout=10s')
    await kubectl('patch', 'cm', 'waited', '-p', '{"data":{"done":"yes"}}')
    expect(await waited).toBe('configmap/waited condition met\n')
    const rollout = kubectl('rollout', 'status', 'deploy/web', '--timeout=10s')
    const web = server.api.get({ group: 'apps', kind: 'Deployment', namespace: 'default', name: 'web' })
    const status = {
      observedGeneration: web?.metadata.generation,
      replicas: 1,
      updatedReplicas: 1,
      availableReplicas: 1,
    }
    if (web !== undefined) server.api.updateStatus({ ...web, status })
    expect(await rollout).toContain('deployment "web" successfully rolled out')
  })

  it('get --watch prints what changes', async () => {
    server.api.create({ ...configMap('watched', { n: '1' }), metadata: { name: 'watched', namespace: 'default' } })
    const again = kubectl.start('get', 'cm', '--watch', '--no-headers')
    let text = ''
    again.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    await expect.poll(() => text).toMatch(/watched/)
    const before = text.length
    await kubectl('label', 'cm', 'watched', 'a=b')
    await expect.poll(() => text.slice(before)).toMatch(/watched/)
    again.kill()
  })

  it('logs -f streams', async () => {
    await kubectl('run', 'logger', '--image=nginx')
    expect(await kubectl('logs', 'logger')).toBe('first\n')
    const child = kubectl.start('logs', '-f', 'logger')
    const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer]
    expect(chunk.toString()).toBe('first\n')
    child.kill()
  })

  it('auth can-i and whoami', async () => {
    expect(await kubectl('auth', 'can-i', 'delete', 'pods')).toBe('yes\n')
    expect(await kubectl('auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}')).toBe('admin')
  })

  it('custom kinds: apply, wait, explain, get and delete', async () => {
    await kubectl('apply', '-f', kubectl.file('crd.yaml', definition))
    await kubectl('wait', '--for=condition=established', 'crd/gears.shop.dev')
    const gear = kubectl.file('gear.yaml', {
      apiVersion: 'shop.dev/v1',
      kind: 'Gear',
      metadata: { name: 'g' },
      spec: { teeth: 12 },
    })
    expect(await kubectl('apply', '-f', gear)).toBe('gear.shop.dev/g created\n')
    expect(await kubectl('apply', '-f', gear)).toBe('gear.shop.dev/g unchanged\n')
    expect(await kubectl('get', 'gears', '--no-headers')).toMatch(/^g +12 *\n$/)
    expect(await kubectl('explain', 'gear.spec')).toContain('teeth\t<integer>')
    expect(await kubectl('delete', 'crd', 'gears.shop.dev')).toContain('deleted')
    expect((await kubectl.attempt(['get', 'gears'])).code).toBe(1)
  })

  it('delete waits until things are gone', async () => {
    expect(await kubectl('delete', 'deploy', 'web')).toBe('deployment.apps "web" deleted\n')
    expect(await kubectl('delete', 'cm', '--all', '-o', 'name')).toContain('configmap/ssa')
    expect(await kubectl('delete', 'ns', 'made')).toBe('namespace "made" deleted\n')
    expect(await kubectl('get', 'ns', '-o', 'name')).not.toContain('made')
  })
})

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gears.shop.dev' },
  spec: {
    group: 'shop.dev',
    names: { kind: 'Gear', plural: 'gears' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        additionalPrinterColumns: [{ name: 'Teeth', type: 'integer', jsonPath: '.spec.teeth' }],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { teeth: { type: 'integer' } } } },
          },
        },
      },
    ],
  },
}

function configMap(name: string, data: Record<string, string>, labels?: Record<string, string>) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...(labels === undefined ? {} : { labels }) }, data }
}

function deployment(name: string, image: string): object {
  const labels = { app: name }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image }] } }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template },
  }
}
