import type { NameReference } from '../config/transformer-config.ts'
import type { Resource } from '../resources/resource.ts'
import { effectiveNamespace, formatId, type Gvk, isSelected } from '../resources/resource-id.ts'
import { textOf } from '../values/scalar.ts'
import { fieldOf } from '../values/tree.ts'
import type { FormerNames } from './former-names.ts'

/** One field of one object that names objects of a kind. */
export interface ReferenceSite {
  readonly referrer: Resource
  readonly target: NameReference
  readonly path: string
  readonly names: FormerNames
  readonly namespaces: readonly string[] | undefined
}

/** The object that a name means; undefined for none, an error when several would do. */
export function chooseReferral(
  name: string,
  site: ReferenceSite,
  { candidates, byNamespace }: { candidates: readonly Resource[]; byNamespace: boolean },
): Resource | Error | undefined {
  const { referrer, target } = site
  const role = roleOf(site)
  let fitting = candidates.filter(
    (candidate) =>
      wasSelected(candidate, target) &&
      (role === undefined || wasSelected(candidate, role)) &&
      inReach(candidate, referrer),
  )
  if (fitting.length === 1) return fitting[0]
  fitting = fitting.filter((candidate) => sameLayers(candidate, referrer, true))
  if (fitting.length > 1) fitting = fitting.filter((candidate) => sameLayers(candidate, referrer, false))
  const [first] = fitting
  if (first === undefined || fitting.length === 1) return first
  const same = fitting.every(
    (other) => other.name === first.name && (!byNamespace || other.namespace === first.namespace),
  )
  if (same) return first
  return new Error(`found multiple possible referrals for ${name}: ${fitting.map(({ id }) => formatId(id)).join(', ')}`)
}

function wasSelected(candidate: Resource, selector: Partial<Gvk>): boolean {
  return candidate.formerIds.some((id) => isSelected(id, selector))
}

/** `roleRef` names a Role or a ClusterRole, by its own kind. */
function roleOf({ referrer, path }: ReferenceSite): Partial<Gvk> | undefined {
  if (!path.endsWith('roleRef/name')) return undefined
  const roleRef = fieldOf(referrer.object, 'roleRef')
  const [group, kind] = [fieldOf(roleRef, 'apiGroup'), fieldOf(roleRef, 'kind')]
  return group === undefined || kind === undefined ? undefined : { group: textOf(group), kind: textOf(kind) }
}

/** Accounts are named across namespaces, everything else only within one. */
function inReach(candidate: Resource, referrer: Resource): boolean {
  if (referrer.id.cluster || candidate.id.cluster || candidate.id.kind === 'ServiceAccount') return true
  return effectiveNamespace(candidate.id) === effectiveNamespace(referrer.id)
}

/** True when both went through the same prefixes and suffixes, as far as the shorter history goes. */
function sameLayers(a: Resource, b: Resource, emptyMatches: boolean): boolean {
  const same = (left: readonly string[], right: readonly string[]) =>
    (emptyMatches && (left.length === 0 || right.length === 0)) || endsAlike(left, right)
  return same(a.prefixes, b.prefixes) && same(a.suffixes, b.suffixes)
}

function endsAlike(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length)
  if (length === 0) return a.length === b.length
  return a.slice(-length).every((text, index) => text === b[b.length - length + index])
}
