import type { GitRemote, GitRepositories } from '@driftless/git'
import type { ApplicationSource, ApplicationSpec, SourceType } from '@driftless/model'
import { sourcesOf } from '@driftless/model'
import type { RenderedSource, Renderer } from '@driftless/render'
import { ApplicationErrors } from './errors.ts'
import type { RepositoryDirectory } from './ports/directories.ts'

/** A source with the commit it was resolved to. */
export interface ResolvedSource {
  readonly source: ApplicationSource
  readonly remote: GitRemote
  readonly sha: string
}

export interface SourcesPorts {
  readonly git: GitRepositories
  readonly renderer: Renderer
  readonly repositories: RepositoryDirectory
}

export interface ResolveOptions {
  /** Ask the repositories anew instead of trusting what was resolved a moment ago. */
  readonly noCache?: boolean
  /** Commits or revisions to use instead of each source's target revision, one per source. */
  readonly revisions?: readonly (string | undefined)[]
}

/**
 * Resolves every source of a spec to one immutable tuple of commits, all or nothing. Sources of one repository and revision
 * are resolved once, so that a push in between cannot tear the tuple.
 */
export async function resolveSources(
  spec: Pick<ApplicationSpec, 'source' | 'sources' | 'project'>,
  ports: SourcesPorts,
  options: ResolveOptions = {},
): Promise<ResolvedSource[]> {
  const once = new Map<string, Promise<string>>()
  const resolveOne = async (source: ApplicationSource, position: number): Promise<ResolvedSource> => {
    if (source.chart !== undefined)
      throw ApplicationErrors.CHART_SOURCE({ chart: source.chart, repoURL: source.repoURL })
    const remote = await ports.repositories.remoteOf(source.repoURL, spec.project)
    const revision = options.revisions?.[position] ?? source.targetRevision ?? 'HEAD'
    const key = JSON.stringify([source.repoURL, revision, source.tagPrefix])
    const pending =
      once.get(key) ??
      ports.git
        .resolve(remote, revision, {
          ...(source.tagPrefix === undefined ? {} : { tagPrefix: source.tagPrefix }),
          noCache: options.noCache ?? false,
        })
        .then(({ sha }) => sha)
    once.set(key, pending)
    return { source, remote, sha: await pending }
  }
  return await Promise.all(sourcesOf(spec).map(resolveOne))
}

export interface RenderContext {
  readonly instanceName: string
  readonly namespace: string
  readonly project: string
  readonly kubeVersion: string | undefined
  readonly apiVersions: readonly string[]
  readonly noCache: boolean
}

/** Renders resolved sources in their order; sources that are only a `ref` give nothing by themselves. */
export async function renderSources(
  resolved: readonly ResolvedSource[],
  ports: SourcesPorts,
  context: RenderContext,
): Promise<{ rendered: RenderedSource[]; sourceTypes: SourceType[] }> {
  const references = Object.fromEntries(
    resolved
      .filter(({ source }) => source.ref !== undefined)
      .map(({ source, remote, sha }) => [source.ref as string, { remote, sha }]),
  )
  const rendered = await Promise.all(
    resolved
      .filter(({ source }) => source.path !== undefined)
      .map(({ source, remote, sha }) =>
        ports.renderer.render({
          application: { instanceName: context.instanceName, namespace: context.namespace, project: context.project },
          source,
          sha,
          remote,
          references,
          ...(context.kubeVersion === undefined ? {} : { kubeVersion: context.kubeVersion }),
          apiVersions: [...context.apiVersions],
          noCache: context.noCache,
        }),
      ),
  )
  return { rendered, sourceTypes: rendered.map(({ sourceType }) => sourceType) }
}
