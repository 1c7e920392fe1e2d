export { type BackoffPolicy, backoffDelay } from './backoff.ts'
export { type Clock, sleep, systemClock } from './clock.ts'
export {
  DriftlessError,
  defineErrors,
  type ErrorCatalogue,
  type ErrorDefinition,
  type ErrorPlace,
  messageOf,
  type RaiseOptions,
} from './errors.ts'
export {
  type FileEntry,
  FileNotLoaded,
  type FileTree,
  FileTreeErrors,
  joinPath,
  memoryTree,
  readText,
  resolveInTree,
  subtree,
  trackReads,
} from './file-tree.ts'
export { createGlob, GlobErrors, type GlobOptions, matchesWildcards } from './glob.ts'
export { type Budget, createBudget, LimitErrors } from './limits.ts'
export { createRedactor, redactUrls } from './redact.ts'
export { fail, ok, type Result } from './result.ts'
export {
  compareVersions,
  createConstraint,
  formatVersion,
  isVersionConstraint,
  parseStrictVersion,
  parseVersion,
  type SemVer,
  SemverErrors,
  type VersionConstraint,
} from './semver.ts'
