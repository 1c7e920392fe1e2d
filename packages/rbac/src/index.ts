// The front door of @driftless/rbac: explicit names only.
export { type AccessRequest, type Decision, missingPermission } from './decision.ts'
export { type AccessPolicy, type Caller, createEnforcer, type Enforcer, type ProjectAccess } from './enforcer.ts'
export { RbacErrors } from './errors.ts'
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
export {
  checkWords,
  isProjectScoped,
  projectOfObject,
  type ResourceWords,
  resolveResource,
  resources,
} from './vocabulary.ts'
