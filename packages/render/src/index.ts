// The front door of @driftless/render: explicit names only.
export { RenderErrors } from './errors.ts'
export type { RenderedSource, RenderSourceRequest } from './rendered-source.ts'
export {
  createRenderer,
  type Renderer,
  type RendererOptions,
  type RenderLimits,
} from './renderer.ts'
export type { AppDetails } from './source/describe-source.ts'
export type { ToolSettings } from './source/job.ts'
