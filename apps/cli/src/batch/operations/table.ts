import type { Operations } from '../operation.ts'

/** Which file answers an operation, by what its name begins with; an engine is loaded when it is first asked. */
export const engines: Readonly<Record<string, () => Promise<Operations>>> = {
  diff: async () => (await import('./diff.ts')).diffOperations,
  glob: async () => (await import('./glob.ts')).globOperations,
  gotemplate: async () => (await import('./go-template.ts')).goTemplateOperations,
  health: async () => (await import('./health.ts')).healthOperations,
  helm: async () => (await import('./helm.ts')).helmOperations,
  jsonnet: async () => (await import('./jsonnet.ts')).jsonnetOperations,
  kustomize: async () => (await import('./kustomize.ts')).kustomizeOperations,
  rbac: async () => (await import('./rbac.ts')).rbacOperations,
  semver: async () => (await import('./semver.ts')).semverOperations,
  sync: async () => (await import('./sync.ts')).syncOperations,
}
