// The front door of @driftless/kustomize: explicit names only.
export { type BuildRequest, type BuildResult, build } from './build.ts'
export { KustomizeErrors } from './errors.ts'
export type { PatchEntry, PatchTarget } from './load/kustomization.ts'
export type { KustomizeOverrides } from './load/overrides.ts'
export { kustomizationNames } from './load/read-kustomization.ts'
