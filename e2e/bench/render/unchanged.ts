import { systemClock } from '@driftless/foundation'
import { createGitRepositories } from '@driftless/git'
import { createRenderer, type RenderSourceRequest } from '@driftless/render'
import { startGitServer } from '@driftless/testkit'
import { median, timeOf } from './processes.ts'

/** Commits sources to a repository and times the server's renderer on inputs that it has rendered before, in milliseconds by path. */
export async function timeUnchanged(
  directory: string,
  files: Readonly<Record<string, string>>,
  paths: readonly string[],
): Promise<Map<string, number>> {
  await using server = await startGitServer()
  await server.createRepository('bench', files)
  const sha = await server.commit('bench', { branch: 'main', message: 'Measure', files: { 'note.txt': 'measured' } })
  const git = createGitRepositories({ directory, clock: systemClock })
  const renderer = createRenderer({ git, workers: 1, clock: systemClock })
  const times = new Map<string, number>()
  try {
    for (const path of paths) {
      const url = server.url('bench')
      const request: RenderSourceRequest = {
        application: { instanceName: 'bench', namespace: 'bench', project: 'default' },
        source: { repoURL: url, path },
        sha,
        remote: { url },
      }
      await renderer.render(request)
      const samples: number[] = []
      for (let round = 0; round < 50; round += 1) samples.push(await timeOf(() => renderer.render(request)))
      times.set(path, median(samples))
    }
  } finally {
    await renderer.close()
    await git.close()
  }
  return times
}
