import type { Command } from './command.ts'

/** A command that is loaded when it is called. */
export interface CommandEntry {
  readonly summary: string
  readonly load: () => Promise<Command>
}

/** Every command by its words. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  'helm template': {
    summary: 'Renders a chart as `helm template` does',
    load: async () => (await import('./helm/template.ts')).helmTemplate,
  },
  'kustomize build': {
    summary: 'Builds a kustomization as `kustomize build` does',
    load: async () => (await import('./kustomize/build.ts')).kustomizeBuild,
  },
  'admin batch': {
    summary: 'Answers JSON requests line by line with the pure engines',
    load: async () => (await import('./admin/batch.ts')).adminBatch,
  },
  'admin settings resource-overrides health': {
    summary: 'Says how healthy an object is by its own status',
    load: async () => (await import('./admin/settings/resource-overrides/health.ts')).resourceOverridesHealth,
  },
  version: {
    summary: 'Prints the versions of this command and of the server',
    load: async () => (await import('./version/version.ts')).version,
  },
}
