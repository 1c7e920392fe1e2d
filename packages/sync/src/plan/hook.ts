import { hookFinalizer } from '@driftless/health'
import type { KubeObject } from '@driftless/kube-objects'
import type { SyncPhase } from '@driftless/model'
import { annotationList, annotationOf, annotations } from './annotation.ts'

export type HookType = SyncPhase | 'Skip' | 'PreDelete' | 'PostDelete'
export type HookDeletePolicy = 'HookSucceeded' | 'HookFailed' | 'BeforeHookCreation'

export { hookFinalizer }

const ownTypes: ReadonlySet<string> = new Set<HookType>([
  'PreSync',
  'Sync',
  'PostSync',
  'SyncFail',
  'Skip',
  'PreDelete',
  'PostDelete',
])
const helmTypes: ReadonlyMap<string, HookType> = new Map([
  ['pre-install', 'PreSync'],
  ['pre-upgrade', 'PreSync'],
  ['post-install', 'PostSync'],
  ['post-upgrade', 'PostSync'],
  ['pre-delete', 'PreDelete'],
  ['post-delete', 'PostDelete'],
])
const ownPolicies: ReadonlySet<string> = new Set<HookDeletePolicy>([
  'HookSucceeded',
  'HookFailed',
  'BeforeHookCreation',
])
const helmPolicies: ReadonlyMap<string, HookDeletePolicy> = new Map([
  ['hook-succeeded', 'HookSucceeded'],
  ['hook-failed', 'HookFailed'],
  ['before-hook-creation', 'BeforeHookCreation'],
])
const phases: readonly SyncPhase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail']

/** The hook types of an object; Helm's annotation counts only where no valid own type is given. */
export function hookTypes(object: KubeObject): HookType[] {
  const own = annotationList(object, annotations.hook).filter((type): type is HookType => ownTypes.has(type))
  if (own.length > 0) return own
  const helm = annotationList(object, annotations.helmHook).map((type) => helmTypes.get(type))
  return [...new Set(helm.filter((type) => type !== undefined))]
}

/** True when the object is only there to be left out: type Skip and nothing else. */
export function isSkipped(object: KubeObject): boolean {
  const types = hookTypes(object)
  return types.length === 1 && types[0] === 'Skip'
}

/** True when the object is a hook and not an ordinary resource; one whose types are all unknown is a hook too, and ignored. */
export function isHook(object: KubeObject): boolean {
  if (annotationOf(object, annotations.hook) !== undefined) return !isSkipped(object)
  const helm = annotationOf(object, annotations.helmHook)
  return helm !== undefined && helm !== 'crd-install'
}

/** True for a hook without any type that means something. */
export function isIgnoredHook(object: KubeObject): boolean {
  return isHook(object) && hookTypes(object).length === 0
}

/** The phases in which a sync applies an object; none for Skip, ignored hooks and hooks of deletion. */
export function syncPhases(object: KubeObject): SyncPhase[] {
  if (isSkipped(object)) return []
  if (!isHook(object)) return ['Sync']
  const types: readonly string[] = hookTypes(object)
  return phases.filter((phase) => types.includes(phase))
}

/** When a hook's object is deleted; a hook that says nothing is deleted before it is created again. */
export function hookDeletePolicies(object: KubeObject): HookDeletePolicy[] {
  const own = annotationList(object, annotations.hookDeletePolicy).filter((policy): policy is HookDeletePolicy =>
    ownPolicies.has(policy),
  )
  const helm = annotationList(object, annotations.helmHookDeletePolicy).flatMap(
    (policy) => helmPolicies.get(policy) ?? [],
  )
  const all = [...new Set([...own, ...helm])]
  return all.length > 0 ? all : ['BeforeHookCreation']
}
