import type { GitRepositories } from '@driftless/git'
import type { Renderer } from '@driftless/render'

/** What the routes need of git. */
export type GitPort = Pick<GitRepositories, 'test' | 'references' | 'resolve'>

/** What the routes need of the renderer. */
export type RendererPort = Pick<Renderer, 'discover' | 'appDetails'>
