import { deepEqual, type KubeObject } from '@driftless/kube-objects'
import type { IgnoreDifference } from '@driftless/model'
import { entriesOf, locate, ownedLeaves } from './field-owner.ts'
import { jqPaths } from './jq/jq-paths.ts'
import { parsePointer, removeAt } from './json-pointer.ts'

/** Removes the fields of pointers and jq expressions from a document that may be changed; an expression that fails removes nothing. */
export function removeIgnored(document: KubeObject, rules: readonly IgnoreDifference[]): void {
  for (const rule of rules) {
    for (const pointer of rule.jsonPointers ?? []) {
      const path = parsePointer(pointer)
      if (path !== undefined) removeAt(document, path)
    }
    for (const expression of rule.jqPathExpressions ?? []) {
      const found = jqPaths(expression, document)
      if (!found.ok) continue
      for (const path of found.value) removeAt(document, path)
    }
  }
}

/** Removes from both sides the fields that trusted managers own in live and that differ. */
export function removeManaged(
  sides: { live: KubeObject; target: KubeObject; owners: KubeObject },
  rules: readonly IgnoreDifference[],
): void {
  const trusted = new Set(rules.flatMap((rule) => rule.managedFieldsManagers ?? []))
  if (trusted.size === 0) return
  for (const entry of entriesOf(sides.owners)) {
    if (entry.manager === undefined || !trusted.has(entry.manager)) continue
    for (const leaf of ownedLeaves(entry)) {
      const inLive = locate(sides.live, leaf)
      const inTarget = locate(sides.target, leaf)
      if (deepEqual(valueAt(sides.live, inLive), valueAt(sides.target, inTarget))) continue
      if (inLive !== undefined) removeAt(sides.live, inLive)
      if (inTarget !== undefined) removeAt(sides.target, inTarget)
    }
  }
}

function valueAt(document: unknown, path: readonly (string | number)[] | undefined): unknown {
  if (path === undefined) return undefined
  let current = document
  for (const step of path) current = (current as Record<string | number, unknown>)[step]
  return current
}

/** Rules that may be named in an error: the expressions that cannot be read, with the reason. */
export function invalidExpressions(rules: readonly IgnoreDifference[]): { expression: string; reason: string }[] {
  return rules.flatMap((rule) =>
    (rule.jqPathExpressions ?? []).flatMap((expression) => {
      const found = jqPaths(expression, {})
      return found.ok || found.error.runtime ? [] : [{ expression, reason: found.error.reason }]
    }),
  )
}
