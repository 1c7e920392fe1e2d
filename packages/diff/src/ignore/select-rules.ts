import { matchesWildcards } from '@driftless/foundation'
import { gvkOf, type KubeObject } from '@driftless/kube-objects'
import type { IgnoreDifference } from '@driftless/model'

/** The rules that select an object: group and kind are globs (no group is the core group), name and namespace exact. */
export function selectRules(rules: readonly IgnoreDifference[], object: KubeObject): IgnoreDifference[] {
  const { group, kind } = gvkOf(object)
  const same = (wanted: string | undefined, value: string | undefined) =>
    wanted === undefined || wanted === '' || wanted === (value ?? '')
  return rules.filter(
    (rule) =>
      matchesWildcards(rule.group ?? '', group) &&
      matchesWildcards(rule.kind, kind) &&
      same(rule.name, object.metadata.name) &&
      same(rule.namespace, object.metadata.namespace),
  )
}
