import { KustomizeErrors } from '../errors.ts'
import type { Resource } from './resource.ts'
import { formatId, idKey, type ResourceId } from './resource-id.ts'

/** The objects of a layer in their order, found by their present and by their former ids without a scan. */
export class ResourceSet {
  list: Resource[] = []
  #byId: Map<string, Resource> | undefined
  #byAnyId: Map<string, Set<Resource>> | undefined
  #byName: Map<string, Set<Resource>> | undefined
  #positions: Map<Resource, number> | undefined

  /** Must be called after ids changed or objects were removed otherwise than by this class. */
  changed(): void {
    this.#byId = undefined
    this.#byAnyId = undefined
    this.#byName = undefined
    this.#positions = undefined
  }

  /** Appends objects; two of one id are an error. */
  append(...added: readonly Resource[]): void {
    for (const resource of added) {
      const key = idKey(resource.id)
      const index = this.#current()
      if (index.has(key)) throw KustomizeErrors.DUPLICATE({ id: formatId(resource.id) })
      index.set(key, resource)
      this.list.push(resource)
      if (this.#byAnyId !== undefined) indexAnyId(this.#byAnyId, resource)
      this.#byName = undefined
      this.#positions?.set(resource, this.list.length - 1)
    }
  }

  /** Puts an object in the place of another. */
  replace(old: Resource, next: Resource): void {
    this.#positions ??= new Map(this.list.map((resource, at) => [resource, at]))
    const at = this.#positions.get(old) as number
    this.list[at] = next
    this.#positions.delete(old)
    this.#positions.set(next, at)
    this.#byId?.delete(idKey(old.id))
    this.#byId?.set(idKey(next.id), next)
    this.#byName = undefined
    if (this.#byAnyId === undefined) return
    for (const id of [...old.formerIds, old.id]) this.#byAnyId.get(idKey(id))?.delete(old)
    indexAnyId(this.#byAnyId, next)
  }

  /** Drops what patches have deleted or emptied. */
  dropEmpty(): void {
    if (!this.list.some((resource) => resource.isEmpty)) return
    this.list = this.list.filter((resource) => !resource.isEmpty)
    this.changed()
  }

  /** Objects that have, or had, an id. */
  matching(id: ResourceId): Resource[] {
    const found = this.#any().get(idKey(id))
    return found === undefined ? [] : [...found].filter((resource) => !resource.isEmpty)
  }

  /** Objects that have, or had, a name. */
  named(name: string): Resource[] {
    if (this.#byName === undefined) {
      this.#byName = new Map()
      for (const resource of this.list) {
        for (const known of [...resource.former, resource.id]) addTo(this.#byName, known.name, resource)
      }
    }
    return [...(this.#byName.get(name) ?? [])].filter((resource) => !resource.isEmpty)
  }

  /** The one object that has, or had, an id. */
  only(id: ResourceId): Resource {
    const [found, second] = this.matching(id)
    if (found === undefined) throw KustomizeErrors.NO_MATCH({ id: formatId(id) })
    if (second !== undefined) throw KustomizeErrors.SEVERAL({ id: formatId(id) })
    return found
  }

  /** The first id that two objects share, if any. */
  conflict(): ResourceId | undefined {
    const seen = new Set<string>()
    for (const resource of this.list) {
      const key = idKey(resource.id)
      if (seen.has(key)) return resource.id
      seen.add(key)
    }
    return undefined
  }

  #current(): Map<string, Resource> {
    this.#byId ??= new Map(this.list.map((resource) => [idKey(resource.id), resource]))
    return this.#byId
  }

  #any(): Map<string, Set<Resource>> {
    if (this.#byAnyId === undefined) {
      this.#byAnyId = new Map()
      for (const resource of this.list) indexAnyId(this.#byAnyId, resource)
    }
    return this.#byAnyId
  }
}

function indexAnyId(index: Map<string, Set<Resource>>, resource: Resource): void {
  for (const id of [...resource.formerIds, resource.id]) addTo(index, idKey(id), resource)
}

function addTo(index: Map<string, Set<Resource>>, key: string, resource: Resource): void {
  const known = index.get(key)
  if (known === undefined) index.set(key, new Set([resource]))
  else known.add(resource)
}
