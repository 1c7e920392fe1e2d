import { KustomizeErrors } from '../errors.ts'
import { splitBracketPath } from '../replacements/field-path.ts'
import { lookupPath } from '../replacements/lookup-path.ts'
import type { Resource } from '../resources/resource.ts'
import { effectiveNamespace, idKey, type ResourceId } from '../resources/resource-id.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import { isClusterScoped } from '../schema/scope.ts'
import { isScalar, OddScalar, retag, textOf } from '../values/scalar.ts'

/** A name for the value of a field of an object. */
export interface Variable {
  readonly name: string
  readonly objref: {
    readonly apiVersion?: string
    readonly group?: string
    readonly version?: string
    readonly kind?: string
    readonly name?: string
    readonly namespace?: string
  }
  readonly fieldref?: { readonly fieldPath?: string }
}

/** Takes a layer's variables in, and notes which objects they read from. Throws `KUSTOMIZE_VARIABLE`. */
export function addVariables(known: Map<string, Variable>, added: readonly Variable[], resources: ResourceSet): void {
  for (const variable of added) {
    const [source, second] = sourcesOf(variable, resources)
    if (second !== undefined) {
      const reason = 'has several resId matches (unable to disambiguate)'
      throw KustomizeErrors.VARIABLE({ name: variable.name, reason })
    }
    source?.variables.push(variable.name)
  }
  mergeVariables(known, added)
}

/** Joins variables of two layers; a name may be taken once. */
export function mergeVariables(known: Map<string, Variable>, added: Iterable<Variable>): void {
  for (const variable of added) {
    if (known.has(variable.name)) throw KustomizeErrors.VARIABLE({ name: variable.name, reason: 'already encountered' })
    known.set(variable.name, variable)
  }
}

function sourcesOf({ objref }: Variable, resources: ResourceSet): Resource[] {
  const parts = (objref.apiVersion ?? '').split('/')
  const [group, version] =
    objref.apiVersion === undefined || parts.length > 2
      ? [objref.group ?? '', objref.version ?? '']
      : parts.length === 2
        ? [parts[0] ?? '', parts[1] ?? '']
        : [objref.group ?? '', parts[0] ?? '']
  const { kind = '', name = '', namespace = '' } = objref
  const cluster = isClusterScoped(group === '' ? version : `${group}/${version}`, kind)
  const wanted: ResourceId = { group, version, kind, name, namespace, cluster }
  const exact = namespace !== '' || cluster
  const sameButNamespace = (id: ResourceId) => idKey({ ...id, namespace: '', cluster: false })
  const key = sameButNamespace(wanted)
  return resources
    .named(name)
    .filter((resource) =>
      [...resource.formerIds, resource.id].some(
        (id) => sameButNamespace(id) === key && (!exact || effectiveNamespace(id) === effectiveNamespace(wanted)),
      ),
    )
}

/** Reads the values of all variables out of their objects. Throws `KUSTOMIZE_VARIABLE`. */
export function readVariables(known: ReadonlyMap<string, Variable>, resources: ResourceSet): Map<string, unknown> {
  const sources = new Map<string, Resource>()
  for (const resource of resources.list) {
    for (const name of resource.variables) if (!sources.has(name)) sources.set(name, resource)
  }
  const values = new Map<string, unknown>()
  for (const [name, { fieldref }] of known) {
    const source = sources.get(name)
    if (source === undefined) {
      throw KustomizeErrors.VARIABLE({ name, reason: 'cannot be mapped to a field in the set of known resources' })
    }
    const path = splitBracketPath(fieldref?.fieldPath || 'metadata.name').flatMap(splitIndex)
    const value = lookupPath(source.object, path)
    if (value === undefined)
      throw KustomizeErrors.VARIABLE({ name, reason: 'field not found in corresponding resource' })
    values.set(name, typedValue(value, name))
  }
  return values
}

/** `ports[0]` is the item 0 of `ports`. */
function splitIndex(segment: string): string[] {
  const match = /^(.+)\[(\d+)\]$/.exec(segment)
  return match === null ? [segment] : [match[1] as string, match[2] as string]
}

/** Numbers and booleans keep their type; mappings and lists are left out of strings. */
function typedValue(value: unknown, name: string): unknown {
  if (!isScalar(value)) return undefined
  if (!(value instanceof OddScalar)) return value === null ? 'null' : value
  if (value.tag !== 'int' && value.tag !== 'float' && value.tag !== 'bool') return value.text
  const decimal = value.tag === 'int' ? /^[-+]?\d+$/.test(value.text) : true
  const number = value.tag === 'bool' ? value.value : Number(value.text.replaceAll('_', ''))
  if (!decimal || Number.isNaN(number)) {
    throw KustomizeErrors.VARIABLE({ name, reason: `cannot be read: parsing "${textOf(value)}": invalid syntax` })
  }
  return retag(String(number), value.tag) ?? number
}
