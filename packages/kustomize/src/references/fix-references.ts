import { type FieldSlot, type FieldSpec, visitField } from '../config/field-spec.ts'
import type { NameReference } from '../config/transformer-config.ts'
import { KustomizeErrors } from '../errors.ts'
import type { Resource } from '../resources/resource.ts'
import { effectiveNamespace, formatId, isSelected, noNamespace } from '../resources/resource-id.ts'
import { setSlotText } from '../transformers/slot-text.ts'
import { isMap, isNull, isScalar, textOf } from '../values/scalar.ts'
import { fieldOf, setText } from '../values/tree.ts'
import { chooseReferral, type ReferenceSite } from './choose-referral.ts'
import { FormerNames } from './former-names.ts'

/** Makes every field that names an object follow that object's new name. */
export function fixReferences(resources: readonly Resource[], references: readonly NameReference[]): void {
  const names = new FormerNames(resources)
  const specsOfKind = new Map<string, Applicable[]>()
  for (const referrer of resources) {
    const original = referrer.originalId
    const kind = `${original.group}/${original.version}/${original.kind}`
    const specs = specsOfKind.get(kind) ?? applicable(references, referrer)
    specsOfKind.set(kind, specs)
    if (specs.length === 0) continue
    const namespaces = visibleNamespaces(referrer)
    for (const { target, spec } of specs) fixField({ referrer, target, path: spec.path, names, namespaces })
  }
}

interface Applicable {
  readonly target: NameReference
  readonly spec: FieldSpec
}

function applicable(references: readonly NameReference[], referrer: Resource): Applicable[] {
  const original = referrer.originalId
  return references.flatMap((target) =>
    target.fieldSpecs.filter((spec) => isSelected(original, spec)).map((spec) => ({ target, spec })),
  )
}

/** Namespaces whose objects may be meant; undefined for all. */
function visibleNamespaces(referrer: Resource): readonly string[] | undefined {
  if (referrer.id.cluster) return undefined
  const namespaces = new Set([noNamespace, effectiveNamespace(referrer.id)])
  const subjects = referrer.id.kind === 'RoleBinding' ? fieldOf(referrer.object, 'subjects') : undefined
  for (const subject of Array.isArray(subjects) ? subjects : []) {
    const namespace = fieldOf(subject, 'namespace')
    if (namespace === undefined || textOf(fieldOf(subject, 'kind')) !== 'ServiceAccount') continue
    if (isNull(namespace)) {
      const reason = 'Invalid Input: namespace is blank'
      throw KustomizeErrors.REFERENCE({ path: 'subjects', id: formatId(referrer.id), reason })
    }
    namespaces.add(textOf(namespace))
  }
  return [...namespaces]
}

function fixField(site: ReferenceSite): void {
  const { referrer, path } = site
  try {
    visitField(referrer, { path }, { visit: (slot) => fixSlot(slot, site) })
  } catch (error) {
    if (!(error instanceof ReferenceProblem)) throw error
    throw KustomizeErrors.REFERENCE({ path, id: formatId(referrer.id), reason: error.message })
  }
}

class ReferenceProblem extends Error {}

function fixSlot(slot: FieldSlot, site: ReferenceSite): void {
  const { value } = slot
  if (isNull(value)) return
  if (isScalar(value)) fixScalar(slot, site)
  else if (isMap(value)) fixMapping(value, site)
  else {
    const list = value as unknown[]
    list.forEach((item, key) => {
      if (isNull(item)) return
      if (isMap(item)) fixMapping(item, site)
      else if (isScalar(item)) fixScalar({ holder: list, key, value: item }, site)
      else throw new ReferenceProblem('an item is expected to be either a string or a map of string')
    })
  }
}

function fixScalar(slot: FieldSlot, site: ReferenceSite): void {
  const name = textOf(slot.value)
  const referral = chooseReferral(name, site, {
    candidates: site.names.find(name, site.namespaces),
    byNamespace: false,
  })
  if (referral instanceof Error) throw new ReferenceProblem(referral.message)
  if (referral !== undefined && referral.name !== name) setSlotText(slot, referral.name)
}

/** A mapping with a name, and perhaps a namespace: both follow. */
function fixMapping(holder: { [field: string]: unknown }, site: ReferenceSite): void {
  const { name: field } = holder
  if (!Object.hasOwn(holder, 'name')) throw new ReferenceProblem("path config error; no 'name' field in node")
  const name = textOf(field)
  const all = site.names.find(name, site.namespaces)
  const referral = chooseReferral(name, site, { candidates: ofNamespace(all, holder), byNamespace: true })
  if (referral instanceof Error) throw new ReferenceProblem(referral.message)
  if (referral === undefined || (referral.name === name && referral.namespace === '')) return
  setText(holder, 'name', referral.name)
  if (referral.namespace !== '') setText(holder, 'namespace', referral.namespace)
}

/** Candidates that were in the namespace that a reference names, else those that are now. */
function ofNamespace(candidates: Resource[], holder: { [field: string]: unknown }): Resource[] {
  if (!Object.hasOwn(holder, 'namespace')) return candidates
  const namespace = textOf(holder.namespace)
  if (namespace === noNamespace) return []
  const before = candidates.filter(({ originalId }) => effectiveNamespace(originalId) === namespace)
  return before.length > 0 ? before : candidates.filter(({ id }) => effectiveNamespace(id) === namespace)
}
