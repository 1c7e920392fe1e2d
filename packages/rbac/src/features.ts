import { type AccessRequest, type Decision, missingPermission } from './decision.ts'
import type { Caller, Enforcer } from './enforcer.ts'

/** An object in the cluster, as actions with a path name it; the core group is empty. */
export interface ObjectPath {
  readonly group: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** Settings that change which permissions a feature needs. */
export interface FeatureSettings {
  /** `server.rbac.disableApplicationFineGrainedRBACInheritance` is `"false"`: plain update and delete reach single objects. */
  readonly fineGrainedInheritance?: boolean
  /** `server.rbac.rollback.enforce.enable`: rolling back has its own action. */
  readonly rollbackAction?: boolean
  /** `application.sync.requireOverridePrivilegeForRevisionSync`. */
  readonly overrideForRevision?: boolean
}

/** Something people do to an application, which may need more than one permission. */
export type Feature =
  | { readonly feature: 'change-object' | 'delete-object'; readonly path: ObjectPath }
  | { readonly feature: 'run-action'; readonly path: Pick<ObjectPath, 'group' | 'kind'>; readonly action: string }
  | { readonly feature: 'sync'; readonly localManifests?: boolean; readonly otherRevision?: boolean }
  | { readonly feature: 'rollback' | 'terminate' | 'logs' | 'exec' | 'upsert' }
  | { readonly feature: 'extension'; readonly extension: string }
  /** `object` is where it was; this is where it goes. */
  | { readonly feature: 'move'; readonly to: string }

/** Requests of which all groups must be met, each by any one of its members. */
export type Requirement = readonly (readonly AccessRequest[])[]

/** Which permissions a feature needs on an application `<project>/<name>`. */
export function requirementOf(feature: Feature, object: string, settings: FeatureSettings = {}): Requirement {
  const on = (action: string): AccessRequest => ({ resource: 'applications', action, object })
  switch (feature.feature) {
    case 'change-object':
      return [reaching('update', feature.path, settings).map(on)]
    case 'delete-object':
      return [reaching('delete', feature.path, settings).map(on)]
    case 'run-action':
      return [[on(`action/${feature.path.group}/${feature.path.kind}/${feature.action}`)]]
    case 'sync': {
      const overrides = feature.localManifests || (feature.otherRevision && settings.overrideForRevision)
      return overrides ? [[on('sync')], [on('override')]] : [[on('sync')]]
    }
    case 'rollback':
      return [[on(settings.rollbackAction ? 'rollback' : 'sync')]]
    case 'terminate':
      return [[on('sync')]]
    case 'logs':
      return [[on('get')], [{ resource: 'logs', action: 'get', object }]]
    case 'exec':
      return [[on('get')], [{ resource: 'exec', action: 'create', object }]]
    case 'extension':
      return [[on('get')], [{ resource: 'extensions', action: 'invoke', object: feature.extension }]]
    case 'upsert':
      return [[on('create')], [on('update')]]
    case 'move':
      return [[{ ...on('create'), object: feature.to }], [{ ...on('update'), object: feature.to }], [on('update')]]
  }
}

/** Decides a requirement: the first part that is not met, or the last decision of all. */
export function decideRequirement(enforcer: Enforcer, caller: Caller, requirement: Requirement): Decision {
  let last: Decision = { allowed: true, rule: undefined, as: undefined, why: 'nothing is needed', missing: undefined }
  for (const alternatives of requirement) {
    const decisions = alternatives.map((request) => enforcer.explain(caller, request))
    const met = decisions.find(({ allowed }) => allowed) ?? decisions.at(-1)
    if (met !== undefined) last = met
    if (!last.allowed) return { ...last, missing: alternatives.map(missingPermission).join(', or: ') }
  }
  return last
}

/** The action with its path; where it is inherited, the plain action is tried first. */
function reaching(action: 'update' | 'delete', path: ObjectPath, settings: FeatureSettings): string[] {
  const exact = `${action}/${path.group}/${path.kind}/${path.namespace}/${path.name}`
  return settings.fineGrainedInheritance ? [action, exact] : [exact]
}
