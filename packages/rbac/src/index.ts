// The front door of @driftless/rbac: explicit names only.
export { canRequest, enforceRequest, mergeRequest, rbacOperations, readProject, validateRequest } from './batch.ts'
export { type CanRequest, can } from './can.ts'
export { type AccessRequest, type Decision, missingPermission } from './decision.ts'
export { type AccessChange, type ComparedObject, difference } from './difference.ts'
export { type AccessPolicy, type Caller, createEnforcer, type Enforcer, type ProjectAccess } from './enforcer.ts'
export { RbacErrors } from './errors.ts'
export {
  decideRequirement,
  type Feature,
  type FeatureSettings,
  type ObjectPath,
  type Requirement,
  requirementOf,
} from './features.ts'
export { type Claims, type Identity, identityOf, identityOfName, subjectOf } from './identity.ts'
export { builtInPolicy } from './policy/built-in.ts'
export {
  type AccessSettings,
  type ConfigData,
  composePolicy,
  type MatchMode,
  type PolicyPart,
  readAccessSettings,
} from './policy/compose.ts'
export {
  type LinePlace,
  type ParsedPolicy,
  type PolicyProblem,
  parsePolicy,
  type RoleLink,
  type Rule,
} from './policy/parse.ts'
export {
  type AccessProject,
  type ProjectRole,
  projectOfSubject,
  projectPolicy,
  projectSubject,
} from './policy/project.ts'
export { type PolicyReport, validatePolicy } from './policy/validate.ts'
export { validateProjectRoles } from './policy/validate-project.ts'
export {
  checkWords,
  isProjectScoped,
  projectOfObject,
  type ResourceWords,
  resolveResource,
  resources,
} from './vocabulary.ts'
