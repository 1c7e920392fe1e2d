import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  applyDefaults,
  applyMergePatch,
  applySchemaDefaults,
  applyStrategicPatch,
  builtInSchema,
  cloneJson,
  conflictCauses,
  conflictMessage,
  gvkOf,
  type JsonObject,
  type KubeObject,
  pruneUnknown,
  schemaFromCrd,
  serverSideApply,
  type TypeSchema,
  updateManagedFields,
} from './index.ts'

interface Recording {
  id: string
  op: 'create' | 'patch' | 'sequence'
  in: KubeObject
  create: KubeObject
  type: 'merge' | 'strategic'
  patch: JsonObject
  out: KubeObject
  steps: {
    op: 'apply' | 'merge' | 'status'
    manager: string
    force?: boolean
    body: KubeObject
    code: number
    out: KubeObject
  }[]
}

const recordings = readFileSync(join(import.meta.dirname, '../testdata/api-server.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recording)
const time = '2026-01-01T00:00:00Z'

/** What admission, allocation and the storage layer add, by path. */
const serverChosen = [
  'metadata.generation',
  'metadata.name',
  'spec.tolerations',
  'spec.priority',
  'spec.preemptionPolicy',
  'spec.clusterIP',
  'spec.clusterIPs',
  'spec.ipFamilies',
  'spec.ipFamilyPolicy',
  'spec.healthCheckNodePort',
  'spec.ports.0.nodePort',
  'spec.finalizers',
  'status.qosClass',
  'status.phase',
]

function comparable(object: KubeObject): unknown {
  const copy = cloneJson(object)
  for (const path of serverChosen) {
    const steps = path.split('.')
    const last = steps.pop() ?? ''
    const parent = steps.reduce<unknown>((value, step) => (value as JsonObject | undefined)?.[step], copy)
    if (parent) delete (parent as JsonObject)[last]
  }
  const managedFields = copy.metadata.managedFields?.map(({ time: _time, ...entry }) => entry) ?? []
  return { ...copy, metadata: { ...copy.metadata, managedFields } }
}

function written(
  before: KubeObject | undefined,
  after: KubeObject,
  by: { manager: string; schema?: TypeSchema; subresource?: string },
): KubeObject {
  const managedFields = updateManagedFields({ before, after, time, schema: undefined, ...by })
  return { ...after, metadata: { ...after.metadata, managedFields } }
}

const thing = recordings.find((recording) => recording.in?.kind === 'CustomResourceDefinition')?.in.spec as {
  versions: { schema: { openAPIV3Schema: unknown } }[]
}
const thingSchema = schemaFromCrd(thing.versions[0]?.schema.openAPIV3Schema)

function rulesOf(object: KubeObject): { schema: TypeSchema | undefined; defaults: (object: KubeObject) => KubeObject } {
  if (object.kind !== 'Thing') return { schema: builtInSchema(gvkOf(object)), defaults: applyDefaults }
  return {
    schema: thingSchema,
    defaults: (value) => applySchemaDefaults(pruneUnknown(value, thingSchema), thingSchema) as KubeObject,
  }
}

describe('recorded answers of an API server', () => {
  // The annotation with the generation of the template comes from the storage layer.
  const created = recordings.filter(({ op, in: object }) => op === 'create' && object.kind !== 'DaemonSet')
  it.each(created)('[D1] [A5] $id', (recording) => {
    const { schema, defaults } = rulesOf(recording.in)
    const object = written(undefined, defaults(recording.in), { manager: 'recorder', schema })
    expect(comparable(object)).toEqual(comparable(recording.out))
  })

  it.each(recordings.filter(({ op }) => op === 'patch'))('[P2]-[P5] $id', (recording) => {
    const { schema, defaults } = rulesOf(recording.create)
    const before = written(undefined, defaults(recording.create), { manager: 'creator', schema })
    const patched =
      recording.type === 'merge'
        ? applyMergePatch(before, recording.patch)
        : applyStrategicPatch(before as unknown as JsonObject, recording.patch, schema)
    const after = written(before, defaults(patched as KubeObject), { manager: 'patcher', schema })
    expect(comparable(after)).toEqual(comparable(recording.out))
  })

  it.each(recordings.filter(({ op }) => op === 'sequence'))('[A1]-[A7] $id', ({ steps }) => {
    let live: KubeObject | undefined
    for (const step of steps) {
      const { schema, defaults } = rulesOf(live ?? step.body)
      if (step.op === 'apply') {
        const result = serverSideApply({
          live,
          applied: step.body,
          manager: step.manager,
          force: step.force,
          time,
          schema,
          defaults,
        })
        if (step.code === 409) {
          const status = step.out as unknown as { message: string; details: { causes: unknown } }
          expect(conflictMessage(result.conflicts)).toBe(status.message)
          expect(conflictCauses(result.conflicts)).toEqual(status.details.causes)
          continue
        }
        expect(result.conflicts).toEqual([])
        live = result.object
      } else {
        const after = defaults(applyMergePatch(live, step.body) as KubeObject)
        live = written(live, after, {
          manager: step.manager,
          schema,
          subresource: step.op === 'status' ? 'status' : undefined,
        })
      }
      expect(comparable(live)).toEqual(comparable(step.out))
    }
  })
})
