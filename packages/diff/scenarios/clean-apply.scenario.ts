import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  applyDefaults,
  builtInSchema,
  gvkOf,
  type KubeObject,
  LAST_APPLIED,
  schemaFromCrd,
  serverSideApply,
} from '@driftless/kube-objects'
import { describe, expect, it } from 'vitest'
import { compare } from '../src/index.ts'

interface CleanApply {
  name: string
  target: KubeObject
  /** What a real API server stored for the target. */
  live: KubeObject
  /** Set when the target was applied server-side by this manager. */
  manager?: string
}

const cases = readFileSync(join(import.meta.dirname, '../testdata/clean-applies.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as CleanApply)

/** The merge of a custom kind's lists is known from its definition only. */
const schema = schemaFromCrd({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        list: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['k'],
          items: { type: 'object', properties: { k: { type: 'string' }, v: { type: 'string' } } },
        },
      },
    },
  },
})

/** A list that two managers share is not what one of them applied. */
const alone = cases.filter(({ name }) => !name.includes('custom list map'))

function withLastApplied(live: KubeObject, target: KubeObject): KubeObject {
  const annotations = { ...live.metadata.annotations, [LAST_APPLIED]: JSON.stringify(target) }
  return { ...live, metadata: { ...live.metadata, annotations } }
}

function applied(target: KubeObject): KubeObject {
  return serverSideApply({
    live: undefined,
    applied: target,
    manager: 'argocd-controller',
    time: '2026-11-20T12:00:00Z',
    schema: builtInSchema(gvkOf(target)),
    defaults: applyDefaults,
  }).object
}

describe('[C1] right after a clean apply nothing differs', () => {
  it.each(alone)('$name, two-way', ({ target, live }) => {
    expect(compare({ live, target, strategy: 'two-way' }).differences).toEqual([])
    expect(compare({ live, target, strategy: 'two-way' }).modified).toBe(false)
  })

  it.each(alone)('$name, three-way', ({ target, live }) => {
    const { modified, differences } = compare({ live: withLastApplied(live, target), target })
    expect(differences).toEqual([])
    expect(modified).toBe(false)
  })

  it.each(cases.filter(({ manager }) => manager !== undefined))(
    '$name, structured merge',
    ({ target, live, manager }) => {
      expect(
        compare({
          live,
          target,
          manager,
          strategy: 'structured-merge',
          ...(target.kind === 'Thing' ? { schema } : {}),
        }).differences,
      ).toEqual([])
    },
  )

  it.each(cases)('$name, applied server-side by us', ({ target }) => {
    const { modified, differences } = compare({ live: applied(target), target, strategy: 'structured-merge' })
    expect(differences).toEqual([])
    expect(modified).toBe(false)
  })
})
