import { cloneJson, deepEqual, type KubeObject } from '@driftless/kube-objects'
import type { IgnoreDifference } from '@driftless/model'
import { type CompareRequest, type Comparison, defaultManager, type Strategy } from './compare-request.ts'
import { removeIgnored, removeManaged } from './ignore/apply-rules.ts'
import { entriesOf } from './ignore/field-owner.ts'
import { selectRules } from './ignore/select-rules.ts'
import { isObject } from './json-value.ts'
import { withDefaults } from './normalise/defaults.ts'
import { type NormaliseOptions, normalise, schemaOf } from './normalise/normalise.ts'
import { lastAppliedOf } from './predict/last-applied.ts'
import { predictApply, withoutForeignChanges } from './predict/predict-apply.ts'
import { predictMerge, predictPlainly } from './predict/predict-merge.ts'
import { describeDifferences, findDifferences } from './present/differences.ts'

/** Compares an object in the cluster with what is desired; what is wrong in rules or annotations is passed over, as it must not hide the rest. */
export function compare(request: CompareRequest): Comparison {
  const { live, target } = request
  if (live === undefined && target === undefined) return same(null, null)
  const options = normaliseOptions(request)
  const rules = selectRules(request.ignoreDifferences ?? [], (target ?? live) as KubeObject)
  if (live === undefined) {
    const created = withDefaults(prepared(target as KubeObject, { options, rules }))
    return { modified: true, normalizedLive: null, predictedLive: created, differences: [] }
  }
  if (target === undefined) return same(prepared(live, { options, rules }), null)
  return compareBoth(request, { live, target, rules, options })
}

interface Sides {
  readonly live: KubeObject
  readonly target: KubeObject
  readonly rules: readonly IgnoreDifference[]
  readonly options: NormaliseOptions
}

function compareBoth(request: CompareRequest, sides: Sides): Comparison {
  const { live, options, rules } = sides
  const schema = schemaOf(live)
  const normalLive = prepared(live, { options, rules })
  const normalTarget = prepared(sides.target, { options, rules })
  removeManaged({ live: normalLive, target: normalTarget, owners: live }, rules)
  const strategy = request.strategy ?? defaultStrategy(request, sides)
  const predicted = predict(request, { ...sides, strategy, normalLive, normalTarget })
  // What is equal now stays equal under defaults, and mostly nothing has changed.
  if (deepEqual(normalLive, predicted)) return same(normalLive, predicted)
  const before = finished(normalLive, options)
  const after = finished(predicted, options)
  if (deepEqual(before, after)) return same(before, after)
  const differences = describeDifferences(findDifferences(before, after, request.schema ?? schema), live)
  return { modified: true, normalizedLive: before, predictedLive: after, differences }
}

function predict(
  request: CompareRequest,
  sides: Sides & { strategy: Strategy; normalLive: KubeObject; normalTarget: KubeObject },
): KubeObject {
  const { live, normalLive, normalTarget, options, rules, strategy } = sides
  const schema = request.schema ?? schemaOf(live)
  const manager = request.manager ?? defaultManager
  if (strategy === 'server-side' && request.predicted !== undefined) {
    const { predicted, includeMutationWebhook = false } = request
    const answer = includeMutationWebhook ? predicted : withoutForeignChanges({ predicted, live, manager }, schema)
    return prepared(answer, { options, rules })
  }
  if (strategy === 'structured-merge' || strategy === 'server-side') {
    const applied = predictApply({ live, normalLive, target: normalTarget, manager }, schema)
    if (applied !== undefined) return prepared(applied, { options, rules })
  }
  const lastApplied = strategy === 'two-way' ? undefined : lastAppliedOf(live)
  const states = { target: normalTarget, live: normalLive }
  // A last applied state may be anything; without it only removals go unnoticed.
  const attempts = [
    ...(lastApplied === undefined
      ? []
      : [() => predictMerge({ ...states, original: normalise(lastApplied, options) }, schemaOf(live))]),
    () => predictMerge({ ...states, original: normalTarget }, schemaOf(live)),
  ]
  for (const attempt of attempts) {
    try {
      return attempt()
    } catch {
      // The next, plainer way follows.
    }
  }
  return predictPlainly({ target: withDefaults(normalTarget), live: normalLive })
}

function defaultStrategy({ manager = defaultManager }: CompareRequest, { live }: Sides): Strategy {
  if (entriesOf(live).some((entry) => entry.manager === manager && entry.operation === 'Apply'))
    return 'structured-merge'
  return lastAppliedOf(live) === undefined ? 'two-way' : 'three-way'
}

/** A side as it goes into a prediction: normalised, on its own copy, without what is ignored. */
function prepared(
  object: KubeObject,
  { options, rules }: { options: NormaliseOptions; rules: readonly IgnoreDifference[] },
): KubeObject {
  const normal = normalise(object, options)
  if (rules.length === 0) return normal
  const copy = cloneJson(normal)
  removeIgnored(copy, rules)
  // A rule may take away everything but what makes the object itself.
  const { apiVersion, kind, metadata } = normal
  return {
    ...copy,
    apiVersion,
    kind,
    metadata: isObject(copy.metadata) ? copy.metadata : { name: metadata.name ?? '' },
  }
}

function finished(object: KubeObject, options: NormaliseOptions): KubeObject {
  return normalise(withDefaults(object), options)
}

function normaliseOptions(request: CompareRequest): NormaliseOptions {
  return {
    ignoreAggregatedRoles: request.ignoreAggregatedRoles ?? false,
    ignoreStatus: request.ignoreStatus ?? 'all',
    ...(request.knownTypes === undefined ? {} : { knownTypes: request.knownTypes }),
  }
}

function same(normalizedLive: KubeObject | null, predictedLive: KubeObject | null): Comparison {
  return { modified: false, normalizedLive, predictedLive, differences: [] }
}
