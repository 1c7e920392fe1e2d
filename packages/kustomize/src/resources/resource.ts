import type { JsonObject } from '@driftless/kube-objects'
import { isClusterScoped } from '../schema/scope.ts'
import { isMap, isNull, textOf } from '../values/scalar.ts'
import { clearField, fieldOf, isEmpty, setOwn, setText, textMap } from '../values/tree.ts'
import { effectiveNamespace, type Gvk, type ResourceId } from './resource-id.ts'

/** What a generated object does to one of the same id. */
export type Behavior = 'create' | 'replace' | 'merge' | 'unspecified'

/** One object on its way through the layers, with the names it had before. */
export class Resource {
  /** Undefined once a patch deleted it. */
  object: JsonObject | undefined
  /** Earlier names, oldest first; namespaces are effective ones. */
  former: { readonly kind: string; readonly namespace: string; readonly name: string }[] = []
  /** Prefixes and suffixes it went through, so that references within one layer prefer their own. */
  prefixes: string[] = []
  suffixes: string[] = []
  /** Its name gets a hash of its content at the end. */
  needsHash = false
  behavior: Behavior = 'unspecified'
  /** Names of the variables that read from it. */
  variables: string[] = []
  /** A chart made it: its namespace is the chart's business. */
  fromChart = false
  #id: ResourceId | undefined

  constructor(object: JsonObject) {
    this.object = object
  }

  /** Present group, version and kind. */
  get gvk(): Gvk {
    return this.id
  }

  /** Present id. */
  get id(): ResourceId {
    this.#id ??= idOf(this.object)
    return this.#id
  }

  /** Must be called after a change of kind, name or namespace. */
  renamed(): void {
    this.#id = undefined
  }

  /** Former ids, oldest first, in the present group and version. */
  get formerIds(): ResourceId[] {
    if (this.former.length === 0) return []
    const { group, version } = this.id
    return this.former.map((old) => ({ group, version, ...old, cluster: false }))
  }

  /** Id in its file. */
  get originalId(): ResourceId {
    const [oldest] = this.former
    return oldest === undefined
      ? this.id
      : { group: this.id.group, version: this.id.version, ...oldest, cluster: false }
  }

  /** Notes the present id as a former one. */
  rememberId(): void {
    this.former.push({ kind: this.id.kind, namespace: effectiveNamespace(this.id), name: this.id.name })
  }

  get isEmpty(): boolean {
    return this.object === undefined || isEmpty(this.object)
  }

  get name(): string {
    return this.id.name
  }

  /** Namespace as written, `''` when there is none. */
  get namespace(): string {
    return this.id.namespace
  }

  setName(name: string): void {
    setText(this.metadata, 'name', name)
    this.renamed()
  }

  setNamespace(namespace: string): void {
    if (namespace === '') clearField(this.metadata, 'namespace')
    else setText(this.metadata, 'namespace', namespace)
    this.renamed()
  }

  setKind(kind: string): void {
    if (this.object !== undefined) setText(this.object, 'kind', kind)
    this.renamed()
  }

  get labels(): Record<string, string> {
    return textMap(fieldOf(fieldOf(this.object, 'metadata'), 'labels'))
  }

  get annotations(): Record<string, string> {
    return textMap(fieldOf(fieldOf(this.object, 'metadata'), 'annotations'))
  }

  /** Replaces all labels or annotations; an empty map removes the field. */
  setMetadataMap(field: 'labels' | 'annotations', values: Readonly<Record<string, string>>): void {
    if (Object.keys(values).length === 0) clearField(this.metadata, field)
    else setOwn(this.metadata, field, { ...values })
  }

  /** `metadata`, made when absent. */
  get metadata(): JsonObject {
    const object = this.object as JsonObject
    const known = object.metadata
    if (isMap(known)) return known
    const made: JsonObject = {}
    object.metadata = made
    return made
  }
}

function idOf(object: JsonObject | undefined): ResourceId {
  const apiVersion = textOf(fieldOf(object, 'apiVersion'))
  const kind = textOf(fieldOf(object, 'kind'))
  const metadata = fieldOf(object, 'metadata')
  const slash = apiVersion.indexOf('/')
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    namespace: filled(fieldOf(metadata, 'namespace')),
    name: filled(fieldOf(metadata, 'name')),
    cluster: isClusterScoped(apiVersion, kind),
  }
}

function filled(value: unknown): string {
  return isNull(value) ? '' : textOf(value)
}
