// The front door of @driftless/kustomize: explicit names only.
export { type BuildRequest, type BuildResult, build } from './build.ts'
export { KustomizeErrors } from './errors.ts'
export type { HelmSettings } from './generators/helm-chart.ts'
export type { FetchRemote } from './load/loader.ts'
export type { KustomizeOverrides, PatchOverride } from './load/overrides.ts'
export { kustomizationNames } from './load/read-kustomization.ts'
