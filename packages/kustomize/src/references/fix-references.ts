import type { JsonObject } from '@driftless/kube-objects'
import { currentId, type Resource } from '../resources/resource.ts'
import { appliesTo, changeField } from '../transformers/field-path.ts'
import { nameReferences } from './name-reference-table.ts'

/** Makes every field that names an object follow that object's new name. */
export function fixReferences(resources: readonly Resource[]): void {
  const renamed = resources.filter(({ formerIds }) => formerIds.length > 0)
  if (renamed.length === 0) return
  const byFormerName = indexByFormerName(renamed)
  for (const referrer of resources) {
    const id = currentId(referrer)
    for (const { kind, group, fields } of nameReferences) {
      for (const spec of fields) {
        if (!appliesTo(spec, id) || !roleFits(referrer, spec.path, kind)) continue
        changeField(referrer.object, spec, (value) => {
          if (typeof value !== 'string') return undefined
          const found = choose(byFormerName.get(`${kind}/${value}`) ?? [], { referrer, group })
          return found?.object.metadata.name
        })
      }
    }
    fixSubjects(referrer, byFormerName)
  }
}

function indexByFormerName(renamed: readonly Resource[]): Map<string, Resource[]> {
  const index = new Map<string, Resource[]>()
  for (const resource of renamed) {
    for (const key of new Set(resource.formerIds.map(({ kind, name }) => `${kind}/${name}`))) {
      index.set(key, [...(index.get(key) ?? []), resource])
    }
  }
  return index
}

/** The one object meant: of the group, in the referrer's namespace, and out of the same layers where several remain. */
function choose(
  candidates: readonly Resource[],
  { referrer, group }: { referrer: Resource; group: string | undefined },
): Resource | undefined {
  const own = currentId(referrer)
  const fitting = candidates.filter((candidate) => {
    const id = currentId(candidate)
    const sameSpace = id.namespace === own.namespace || id.namespace === '' || own.namespace === ''
    return (group === undefined || id.group === group) && sameSpace
  })
  if (fitting.length <= 1) return fitting[0]
  const related = fitting.filter(
    ({ prefixes, suffixes }) => endsAlike(prefixes, referrer.prefixes) && endsAlike(suffixes, referrer.suffixes),
  )
  return related.length === 1 ? related[0] : (related[0] ?? fitting[0])
}

function endsAlike(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length)
  return length === 0 || a.slice(-length).join('\0') === b.slice(-length).join('\0')
}

/** `roleRef` names a Role or a ClusterRole, by its own kind. */
function roleFits(referrer: Resource, path: string, kind: string): boolean {
  if (path !== 'roleRef/name') return true
  return (referrer.object.roleRef as JsonObject | undefined)?.kind === kind
}

/** Subjects of bindings name accounts by name and namespace; both follow. */
function fixSubjects(referrer: Resource, byFormerName: ReadonlyMap<string, Resource[]>): void {
  const { subjects } = referrer.object
  if (!Array.isArray(subjects)) return
  for (const subject of subjects as { kind?: string; name?: string; namespace?: string }[]) {
    if (subject.kind !== 'ServiceAccount' || subject.name === undefined) continue
    const candidates = byFormerName.get(`ServiceAccount/${subject.name}`) ?? []
    const found = candidates.find(({ formerIds }) =>
      formerIds.some(
        ({ name, namespace }) => name === subject.name && (namespace || 'default') === (subject.namespace || 'default'),
      ),
    )
    if (found === undefined) continue
    subject.name = found.object.metadata.name ?? subject.name
    if (found.object.metadata.namespace !== undefined) subject.namespace = found.object.metadata.namespace
  }
}
