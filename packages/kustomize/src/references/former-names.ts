import type { Resource } from '../resources/resource.ts'
import { effectiveNamespace } from '../resources/resource-id.ts'

/** A renamed object with its place in the output. */
interface Indexed {
  readonly resource: Resource
  readonly at: number
}

/** Renamed objects by the names they had and the namespaces they are in. */
export class FormerNames {
  readonly #byName = new Map<string, Map<string, Indexed[]>>()

  constructor(resources: readonly Resource[]) {
    resources.forEach((resource, at) => {
      const namespace = effectiveNamespace(resource.id)
      for (const name of new Set(resource.former.map((old) => old.name))) {
        const spaces = this.#byName.get(name) ?? new Map<string, Indexed[]>()
        this.#byName.set(name, spaces)
        const known = spaces.get(namespace)
        if (known === undefined) spaces.set(namespace, [{ resource, at }])
        else known.push({ resource, at })
      }
    })
  }

  /** Objects that had a name, out of some namespaces or, when undefined, of all; in output order. */
  find(name: string, namespaces: readonly string[] | undefined): Resource[] {
    const spaces = this.#byName.get(name)
    if (spaces === undefined) return []
    const lists = namespaces === undefined ? [...spaces.values()] : namespaces.map((space) => spaces.get(space) ?? [])
    const found = lists.flat()
    if (found.length > 1) found.sort((a, b) => a.at - b.at)
    return found.map(({ resource }) => resource)
  }
}
