// The front door of @driftless/render: explicit names only.
export { RenderErrors } from './errors.ts'
export {
  createRenderer,
  type RenderedSource,
  type Renderer,
  type RendererOptions,
  type RenderLimits,
  type RenderSourceRequest,
} from './renderer.ts'
export type { AppDetails } from './source/describe-source.ts'
export type { ToolSettings } from './source/job.ts'
