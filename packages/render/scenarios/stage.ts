import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@driftless/foundation'
import { createGitRepositories } from '@driftless/git'
import type { ApplicationSource } from '@driftless/model'
import { startGitServer } from '@driftless/testkit'
import { createRenderer, type RenderedSource, type RenderLimits, type RenderSourceRequest } from '../src/index.ts'

/** A git server, a reader of it and a renderer over it. */
export async function openStage(options: { limits?: Partial<RenderLimits>; workers?: number } = {}) {
  const server = await startGitServer()
  const directory = await mkdtemp(join(tmpdir(), 'driftless-render-'))
  const git = createGitRepositories({ directory, clock: systemClock })
  const renderer = createRenderer({ git, workers: options.workers ?? 1, clock: systemClock, ...options })
  return {
    server,
    git,
    renderer,
    /** Renders a source of a repository of the server, as application `shop` into namespace `shop-ns`. */
    render(
      repository: string,
      source: Partial<ApplicationSource> & { sha: string },
      extra: Partial<RenderSourceRequest> = {},
    ): Promise<RenderedSource> {
      const { sha, ...rest } = source
      const url = server.url(repository)
      return renderer.render({
        application: { instanceName: 'shop', namespace: 'shop-ns', project: 'default' },
        source: { repoURL: url, ...rest },
        sha,
        remote: { url },
        ...extra,
      })
    },
    async [Symbol.asyncDispose]() {
      await renderer.close()
      await git.close()
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** `Kind/name` of every object. */
export function namesOf(rendered: RenderedSource): string[] {
  return rendered.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)
}

/** A small manifest. */
export function configMap(name: string, data: Record<string, string> = {}): string {
  const lines = Object.entries(data).map(([key, value]) => `\n  ${key}: ${JSON.stringify(value)}`)
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${lines.length > 0 ? `data:${lines.join('')}\n` : ''}`
}

/** The error of something that must fail. */
export function failureOf(
  promise: Promise<unknown>,
): Promise<Error & { code: string; place?: { file?: string; line?: number } }> {
  return promise.then(
    () => {
      throw new Error('it was expected to fail')
    },
    (error) => error,
  )
}
