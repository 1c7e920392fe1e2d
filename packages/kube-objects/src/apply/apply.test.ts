import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  applyDefaults,
  builtInSchema,
  conflictMessage,
  gvkOf,
  type KubeObject,
  LAST_APPLIED,
  ownersOf,
  serverSideApply,
  updateManagedFields,
} from '../index.ts'

interface Step {
  op: 'apply' | 'update'
  manager: string
  force: boolean
  body: KubeObject
  out: KubeObject & { error?: string }
}

const text = readFileSync(join(import.meta.dirname, '../../testdata/apply-sequences.jsonl'), 'utf8')
const sequences = text
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { steps: Step[] }).steps)
const time = '2026-01-01T00:00:00Z'

function configMap(data: Record<string, string | null>, metadata: KubeObject['metadata'] = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'n', ...metadata }, data }
}

function apply(
  live: KubeObject | undefined,
  applied: KubeObject,
  manager: string,
  options: { force?: boolean; time?: string } = {},
) {
  const schema = builtInSchema(gvkOf(applied))
  return serverSideApply({ live, applied, manager, time, schema, defaults: applyDefaults, ...options })
}

function update(before: KubeObject | undefined, after: KubeObject, manager: string, subresource?: string): KubeObject {
  const object = applyDefaults(after)
  if (before?.metadata.managedFields) object.metadata.managedFields = before.metadata.managedFields
  const managedFields = updateManagedFields({
    before,
    after: object,
    manager,
    subresource,
    time,
    schema: builtInSchema(gvkOf(after)),
  })
  return { ...object, metadata: { ...object.metadata, managedFields } }
}

function withoutTimes(object: KubeObject): unknown {
  const managedFields = object.metadata.managedFields?.map(({ time: _time, ...entry }) => entry) ?? []
  managedFields.sort((a, b) =>
    JSON.stringify([a.manager, a.operation]) < JSON.stringify([b.manager, b.operation]) ? -1 : 1,
  )
  return { ...object, metadata: { ...object.metadata, managedFields } }
}

describe('server-side apply', () => {
  it.each(sequences.map((steps, index) => ({ index, steps })))(
    '[A1]-[A5] sequence $index goes as with the reference',
    ({ steps }) => {
      let live: KubeObject | undefined
      for (const step of steps) {
        if (step.op === 'update') {
          live = update(live, step.body, step.manager)
        } else {
          const result = apply(live, step.body, step.manager, { force: step.force })
          expect(result.conflicts.length > 0).toBe(step.out.error !== undefined)
          if (step.out.error !== undefined) {
            // The reference lists the managers of several conflicts in no particular order.
            if (!step.out.error.includes('conflicts:')) expect(conflictMessage(result.conflicts)).toBe(step.out.error)
            continue
          }
          live = result.object
        }
        expect(withoutTimes(live)).toEqual(withoutTimes(step.out))
      }
    },
  )

  it('[A2] several conflicts are grouped by manager', () => {
    const first = apply(undefined, configMap({ a: '1', b: '1' }), 'one').object
    const second = apply(first, configMap({ c: '1' }), 'two').object
    const edited = update(second, configMap({ a: '1', b: '1', c: '2' }), 'edit')
    const { conflicts } = apply(edited, configMap({ a: '2', b: '2', c: '3' }), 'three')
    expect(conflictMessage(conflicts)).toBe(
      'Apply failed with 3 conflicts: conflicts with "edit" using v1:\n- .data.c\nconflicts with "one":\n- .data.a\n- .data.b',
    )
  })

  it('[A6] the time of an entry changes only with the object', () => {
    const first = apply(undefined, configMap({ a: '1' }), 'one').object
    const again = apply(first, configMap({ a: '1' }), 'one', { time: '2026-02-02T00:00:00Z' })
    expect(again.changed).toBe(false)
    expect(again.object).toEqual(first)
    const changed = apply(first, configMap({ a: '2' }), 'one', { time: '2026-02-02T00:00:00Z' })
    expect(changed.changed).toBe(true)
    expect(changed.object.metadata.managedFields?.[0]?.time).toBe('2026-02-02T00:00:00Z')
  })

  it('[A7] status through the main endpoint is owned by nobody, through its own it is', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    }
    const created = update(undefined, { ...pod, status: { phase: 'Running' } }, 'm')
    expect(created.metadata.managedFields?.[0]?.fieldsV1).not.toHaveProperty('f:status')
    const reported = update(created, { ...created, status: { phase: 'Failed' } }, 'kubelet', 'status')
    expect(reported.metadata.managedFields?.find((entry) => entry.manager === 'kubelet')).toMatchObject({
      subresource: 'status',
      fieldsV1: { 'f:status': { 'f:phase': {} } },
    })
  })

  it('[A8] what was never tracked belongs to before-first-apply', () => {
    const { object } = apply(configMap({ a: '1', b: '1' }), configMap({ a: '2' }), 'one', { force: true })
    expect(object.metadata.managedFields?.map((entry) => [entry.manager, entry.operation])).toEqual([
      ['one', 'Apply'],
      ['before-first-apply', 'Update'],
    ])
  })

  it('[A9] the oldest of many updaters become one, and tracking can be dropped', () => {
    let live = update(undefined, configMap({}), 'm')
    live = update(undefined, configMap({ x: '0' }), 'm0')
    for (let i = 1; i < 14; i++)
      live = update(live, configMap({ ...(live.data as Record<string, string>), [`k${i}`]: '1' }), `m${i}`)
    const managers = live.metadata.managedFields?.map((entry) => entry.manager) ?? []
    expect(managers).toHaveLength(10)
    expect(managers).toContain('ancient-changes')
    const schema = builtInSchema(gvkOf(live))
    const after = { ...live, metadata: { ...live.metadata, managedFields: [] } }
    expect(updateManagedFields({ before: live, after, manager: 'm', time, schema })).toEqual([])
  })

  it('[A10] refuses what the type cannot hold, with the message of the server', () => {
    const bad = (applied: object) => () => apply(undefined, applied as KubeObject, 'm')
    expect(bad({ ...configMap({}), foo: 1 })).toThrow(
      'failed to create typed patch object (n/x; /v1, Kind=ConfigMap): .foo: field not declared in schema',
    )
    expect(bad({ ...configMap({}), data: { a: 5 } })).toThrow(
      '.data.a: expected string, got &value.valueUnstructured{Value:5}',
    )
    const pod = (containers: unknown) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers },
    })
    expect(bad(pod([{ name: 'a' }, { name: 'a' }]))).toThrow('duplicate entries for key [name="a"]')
    expect(bad(pod([{ image: 'a' }]))).toThrow('omits key field "name"')
    expect(bad(configMap({}, { managedFields: [] }))).toThrow('metadata.managedFields must be nil')
  })

  it('[A11] kubectl takes over from its own client-side apply', () => {
    const annotation = `${JSON.stringify(configMap({ a: '1' }))}\n`
    const live = update(
      undefined,
      configMap({ a: '1', b: '1' }, { annotations: { [LAST_APPLIED]: annotation } }),
      'kubectl-client-side-apply',
    )
    expect(apply(live, configMap({ b: '2' }), 'kubectl').conflicts).toHaveLength(1)
    const result = apply(live, configMap({ a: '2' }), 'kubectl')
    expect(result.conflicts).toEqual([])
    expect(JSON.parse(result.object.metadata.annotations?.[LAST_APPLIED] ?? '')).toMatchObject({ data: { a: '2' } })
    expect(apply(live, configMap({ a: '2' }), 'other').conflicts).toHaveLength(1)
  })

  it('names the owners of a field by its path', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd' },
      spec: { selector: { matchLabels: { a: 'b' } }, template: { spec: { containers: [{ name: 'c', image: 'i' }] } } },
    }
    const first = apply(undefined, deployment, 'one').object
    const scaled = apply(
      first,
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { replicas: 3 } },
      'two',
      { force: true },
    ).object
    const owners = (...path: (string | number)[]) => ownersOf(scaled, path).map((entry) => entry.manager)
    expect(owners('spec', 'template', 'spec', 'containers', 0, 'image')).toEqual(['one'])
    expect(owners('spec', 'replicas')).toEqual(['two'])
    expect(owners('spec', 'selector', 'matchLabels', 'a')).toEqual(['one'])
    expect(owners('spec', 'paused')).toEqual([])
  })
})
