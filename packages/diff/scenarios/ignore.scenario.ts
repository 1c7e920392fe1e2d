import type { IgnoreDifference } from '@driftless/model'
import { describe, expect, it } from 'vitest'
import { compare, invalidExpressions, respectIgnored } from '../src/index.ts'
import { clientApplied, one, serverApplied } from './manifest.ts'

const web = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: demo, annotations: {"a.b/c": "1"}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "web:1"}
      - {name: proxy, image: "proxy:1", env: [{name: A, value: "1"}]}
`
const changed = web
  .replace('replicas: 2', 'replicas: 3')
  .replace('proxy:1', 'proxy:2')
  .replace('"a.b/c": "1"', '"a.b/c": "2"')

function left(rule: Omit<IgnoreDifference, 'kind' | 'group'> & { kind?: string; group?: string }): string[] {
  const ignoreDifferences = [{ group: 'apps', kind: 'Deployment', ...rule }]
  return compare({ live: clientApplied(web), target: one(changed), ignoreDifferences }).differences.map(
    ({ path }) => path,
  )
}

const all = ['metadata.annotations["a.b/c"]', 'spec.replicas', 'spec.template.spec.containers[1].image']

describe('selection', () => {
  it('[I1] a rule selects by group and kind as globs, by name and namespace exactly', () => {
    const jsonPointers = ['/spec/replicas']
    expect(left({ jsonPointers })).not.toContain('spec.replicas')
    expect(left({ jsonPointers, group: '*', kind: 'Deploy*' })).not.toContain('spec.replicas')
    expect(left({ jsonPointers, group: '' })).toEqual(all)
    expect(left({ jsonPointers, name: 'web', namespace: 'demo' })).not.toContain('spec.replicas')
    expect(left({ jsonPointers, name: 'other' })).toEqual(all)
    expect(left({ jsonPointers, namespace: 'other' })).toEqual(all)
  })
})

describe('JSON pointers', () => {
  it('[I2] remove fields from both sides, escapes included', () => {
    expect(left({ jsonPointers: ['/metadata/annotations/a.b~1c', '/spec/template/spec/containers/1/image'] })).toEqual([
      'spec.replicas',
    ])
  })

  it('[I3] that lead nowhere do nothing', () => {
    expect(left({ jsonPointers: ['/no/such/0', 'not a pointer', '', '/spec/template/spec/containers/-'] })).toEqual(all)
  })
})

describe('jq', () => {
  it.each([
    ['.spec.replicas', [all[0], all[2]]],
    ['.spec["replicas"]', [all[0], all[2]]],
    ['.spec.template.spec.containers[].image', [all[0], all[1]]],
    ['.spec.template.spec.containers[] | select(.name == "proxy") | .image', [all[0], all[1]]],
    ['.spec.template.spec.containers[1].image, .spec.replicas', [all[0]]],
    ['.spec.template.spec.containers[-1]', [all[0], all[1]]],
    ['.metadata.annotations | .["a.b/c"]', [all[1], all[2]]],
    ['.metadata.annotations', [all[1], all[2]]],
    ['.spec.template.spec.containers[]? | select(.image | startswith("proxy:"))', [all[0], all[1]]],
    ['.. | select(type == "object" and has("image")) | .image', [all[0], all[1]]],
    ['.spec.template.spec.containers[] | select(any(.env[]?; .name == "A")).image', all],
    ['.spec.template.spec.containers[] | select(.name | test("^pro")) | .image', [all[0], all[1]]],
    ['.spec.nothing[]?', all],
    ['.spec.template.spec.containers | .[1:]', [all[0], all[1]]],
    ['.status.conditions[] | select(.type == "x")', all],
  ])('[I4] %s', (expression, expected) => {
    expect(left({ jqPathExpressions: [expression] })).toEqual(expected)
  })

  it('[I5] expressions that cannot be read do nothing and can be asked for', () => {
    const rule = {
      kind: 'Deployment',
      group: 'apps',
      jqPathExpressions: ['.spec[', 'input', '.a | env', '.spec.replicas'],
    }
    expect(left(rule)).toEqual([all[0], all[2]])
    expect(invalidExpressions([rule]).map(({ expression }) => expression)).toEqual(['.spec[', 'input', '.a | env'])
  })

  it('[I6] hostile expressions end soon', () => {
    const start = performance.now()
    const hostile = [
      `${'('.repeat(5_000)}.${')'.repeat(5_000)}`,
      `.spec${'|(.,.)'.repeat(60)}`,
      '.. | select(tostring | test("(a+)+$"))',
      '.. | select(tostring | test("^(.*)*(.*)*(.*)*x"))',
    ]
    expect(left({ jqPathExpressions: hostile })).toEqual(all)
    expect(left({ jqPathExpressions: ['..|..|..|..|..|..|..|..|..|..|..|..'] })).toEqual(all)
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it('[I8] a rule that takes everything leaves two equal objects', () => {
    expect(left({ jqPathExpressions: ['.[]'] })).toEqual([])
  })
})

describe('managers', () => {
  it('[I7] fields that a trusted manager owns and that differ are left to it', () => {
    const ours = serverApplied(web, 'argocd-controller')
    const scaled = serverApplied(
      '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: demo}, spec: {replicas: 7, template: {spec: {containers: [{name: proxy, image: "proxy:9"}]}}}}',
      'autoscaler',
      ours,
    )
    const rule = { group: 'apps', kind: 'Deployment', managedFieldsManagers: ['autoscaler'] }
    expect(compare({ live: scaled, target: one(web) }).differences).toHaveLength(2)
    expect(compare({ live: scaled, target: one(web), ignoreDifferences: [rule] }).differences).toEqual([])
    const other = { ...rule, managedFieldsManagers: ['someone'] }
    expect(compare({ live: scaled, target: one(web), ignoreDifferences: [other] }).differences).toHaveLength(2)
  })
})

describe('RespectIgnoreDifferences', () => {
  const live = clientApplied(changed)

  it('[R1] gives the target live values where differences are ignored, and only there', () => {
    const rule = { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }
    const target = respectIgnored({ target: one(web), live, ignoreDifferences: [rule] })
    expect(target.spec).toMatchObject({
      replicas: 3,
      template: { spec: { containers: [{ image: 'web:1' }, { image: 'proxy:1' }] } },
    })
  })

  it('[R2] reaches single fields of list items', () => {
    const jqPathExpressions = ['.spec.template.spec.containers[] | select(.name == "proxy") | .image']
    const rule = { group: 'apps', kind: 'Deployment', jqPathExpressions }
    const target = respectIgnored({ target: one(web), live, ignoreDifferences: [rule] })
    expect(target.spec).toMatchObject({
      replicas: 2,
      template: { spec: { containers: [{ image: 'web:1' }, { image: 'proxy:2' }] } },
    })
  })

  it('[R3] never takes over a status, and leaves a target alone that is not live or not selected', () => {
    const rule = { group: 'apps', kind: 'Deployment', jsonPointers: ['/status', '/spec/replicas'] }
    const withStatus = { ...live, status: { replicas: 3 } }
    expect(respectIgnored({ target: one(web), live: withStatus, ignoreDifferences: [rule] }).status).toBeUndefined()
    expect(respectIgnored({ target: one(web), live: undefined, ignoreDifferences: [rule] })).toEqual(one(web))
    expect(respectIgnored({ target: one(web), live, ignoreDifferences: [{ kind: 'Service' }] })).toEqual(one(web))
  })
})
