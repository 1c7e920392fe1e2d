import type { SourceType } from '@driftless/model'
import { RenderErrors } from '../errors.ts'
import type { Tool } from './tool.ts'

/** The tools by type of source; each is loaded when it is first needed. */
export const tools: Readonly<Record<SourceType, () => Promise<Tool>>> = {
  Directory: async () => (await import('./directory.ts')).renderDirectory,
  Helm: async () => (await import('./helm.ts')).renderHelm,
  Kustomize: async () => (await import('./kustomize.ts')).renderKustomize,
  Plugin: async () => (request) => {
    throw RenderErrors.PLUGIN_UNSUPPORTED({ name: request.source.plugin?.name ?? '' })
  },
}
