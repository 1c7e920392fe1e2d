import { deepEqual, type JsonObject, type KubeObject, type TypeSchema } from '@driftless/kube-objects'
import type { FieldDifference } from '@driftless/model'
import { managerAt } from '../ignore/field-owner.ts'
import { isObject } from '../json-value.ts'
import { formatPath } from './field-path.ts'

/** One place where two documents differ; a side without the field has no value. */
export interface RawDifference {
  /** Leads to the field in live, or in the desired document where live lacks it. */
  readonly path: readonly (string | number)[]
  /** Leads to the field in the desired document; it is another way where the items of a list stand in another order. */
  readonly desiredPath: readonly (string | number)[]
  readonly live?: unknown
  readonly desired?: unknown
}

interface Walk {
  readonly path: readonly (string | number)[]
  readonly desiredPath: readonly (string | number)[]
  readonly schema: TypeSchema | undefined
  readonly found: RawDifference[]
}

/** Where two documents differ, field by field; items of lists are matched by their keys where the schema names them. */
export function findDifferences(live: unknown, desired: unknown, schema: TypeSchema | undefined): RawDifference[] {
  const found: RawDifference[] = []
  walk(live, desired, { path: [], desiredPath: [], schema, found })
  return found
}

/** Differences as the product shows them, each with the manager that last set the live field. */
export function describeDifferences(differences: readonly RawDifference[], owners: KubeObject): FieldDifference[] {
  return differences.map(({ path, desiredPath: _, ...sides }) => {
    const manager = Object.hasOwn(sides, 'live') ? managerAt(owners, path) : undefined
    return { path: formatPath(path), ...sides, ...(manager === undefined ? {} : { manager }) }
  })
}

function walk(live: unknown, desired: unknown, at: Walk): void {
  if (isObject(live) && isObject(desired)) walkObjects(live, desired, at)
  else if (Array.isArray(live) && Array.isArray(desired)) walkLists(live, desired, at)
  else if (!deepEqual(live, desired)) at.found.push(difference(at, { live, desired }))
}

function walkObjects(live: JsonObject, desired: JsonObject, at: Walk): void {
  const names = new Set([...Object.keys(live), ...Object.keys(desired)])
  for (const name of names) {
    const left = Object.hasOwn(live, name) ? live[name] : undefined
    const right = Object.hasOwn(desired, name) ? desired[name] : undefined
    const fields = at.schema?.fields
    const known = fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined
    walk(left, right, below(at, name, { schema: known ?? at.schema?.values }))
  }
}

function walkLists(live: readonly unknown[], desired: readonly unknown[], at: Walk): void {
  const keys = listKeys(at.schema)
  if (keys !== undefined) {
    walkKeyedLists(live, desired, { at, keys })
    return
  }
  const ofObjects = [...live, ...desired].every(isObject)
  if (!ofObjects || live.length !== desired.length) {
    if (!deepEqual(live, desired)) at.found.push(difference(at, { live, desired }))
    return
  }
  live.forEach((item, index) => {
    walk(item, desired[index], below(at, index, { schema: at.schema?.items }))
  })
}

function walkKeyedLists(
  live: readonly unknown[],
  desired: readonly unknown[],
  { at, keys }: { at: Walk; keys: readonly string[] },
): void {
  const keyOf = (item: unknown) => JSON.stringify(keys.map((key) => (isObject(item) ? item[key] : undefined)))
  const wanted = new Map(desired.map((item, index) => [keyOf(item), { item, index }]))
  const count = at.found.length
  live.forEach((item, index) => {
    const id = keyOf(item)
    const match = wanted.get(id)
    wanted.delete(id)
    walk(item, match?.item, below(at, index, { schema: at.schema?.items, desired: match?.index }))
  })
  for (const { item, index } of wanted.values())
    at.found.push(difference(below(at, index, { schema: undefined }), { desired: item }))
  // The same items in another order, or repeated ones: only the list as a whole shows it.
  if (at.found.length === count && !deepEqual(live, desired)) at.found.push(difference(at, { live, desired }))
}

function listKeys(schema: TypeSchema | undefined): readonly string[] | undefined {
  if (schema?.list === 'map' && schema.keys !== undefined && schema.keys.length > 0) return schema.keys
  return schema?.patchKey === undefined ? undefined : [schema.patchKey]
}

function below(
  at: Walk,
  step: string | number,
  { schema, desired = step }: { schema: TypeSchema | undefined; desired?: string | number | undefined },
): Walk {
  return { path: [...at.path, step], desiredPath: [...at.desiredPath, desired], schema, found: at.found }
}

function difference(
  { path, desiredPath }: Pick<Walk, 'path' | 'desiredPath'>,
  { live, desired }: { live?: unknown; desired?: unknown },
): RawDifference {
  return {
    path,
    desiredPath,
    ...(live === undefined ? {} : { live }),
    ...(desired === undefined ? {} : { desired }),
  }
}
