import { parseApiVersion } from '@driftless/kube-objects'
import type { ServedKind } from './served-kind.ts'

/** One resource with all versions that serve it. */
export interface ServedResource {
  readonly group: string
  readonly plural: string
  readonly kind: string
  /** Version objects are kept in. */
  readonly storage: ServedKind
  readonly versions: readonly ServedKind[]
}

/** The served kinds, which change when CRDs come and go. */
export class KindRegistry {
  readonly #fixed: readonly ServedKind[]
  #kinds: readonly ServedKind[] = []
  #byPath = new Map<string, ServedKind>()
  #byKind = new Map<string, ServedResource>()
  #revision = 0

  constructor(fixed: readonly ServedKind[]) {
    this.#fixed = fixed
    this.setCustom([])
  }

  /** Grows with every change; lets documents made from the kinds be cached. */
  get revision(): number {
    return this.#revision
  }

  all(): readonly ServedKind[] {
    return this.#kinds
  }

  /** Replaces the kinds that come from CRDs. */
  setCustom(custom: readonly ServedKind[]): void {
    this.#kinds = [...this.#fixed, ...custom]
    this.#byPath = new Map(this.#kinds.map((kind) => [pathOf(kind.group, kind.version, kind.plural), kind]))
    const byKind = Map.groupBy(this.#kinds, (kind) => `${kind.group}/${kind.kind}`)
    this.#byKind = new Map([...byKind].map(([id, versions]) => [id, resourceFrom(versions)]))
    this.#revision += 1
  }

  /** The kind behind a URL. */
  at(group: string, version: string, plural: string): ServedKind | undefined {
    return this.#byPath.get(pathOf(group, version, plural))
  }

  resource(kind: { group: string; kind: string }): ServedResource | undefined {
    return this.#byKind.get(`${kind.group}/${kind.kind}`)
  }

  /** The kind in the given version, or in the one it is stored in. */
  find(gvk: { group: string; version?: string; kind: string }): ServedKind | undefined {
    const resource = this.resource(gvk)
    if (gvk.version === undefined) return resource?.storage
    return resource?.versions.find((kind) => kind.version === gvk.version)
  }

  findByApiVersion(apiVersion: string, kind: string): ServedKind | undefined {
    return this.find({ ...parseApiVersion(apiVersion), kind })
  }

  resources(): Iterable<ServedResource> {
    return this.#byKind.values()
  }

  hasGroupVersion(group: string, version: string): boolean {
    return this.#kinds.some((kind) => kind.group === group && kind.version === version)
  }
}

function resourceFrom(versions: ServedKind[]): ServedResource {
  const storage = versions.find((kind) => kind.storage === true) ?? (versions[0] as ServedKind)
  return { group: storage.group, plural: storage.plural, kind: storage.kind, storage, versions }
}

function pathOf(group: string, version: string, plural: string): string {
  return `${group}/${version}/${plural}`
}
