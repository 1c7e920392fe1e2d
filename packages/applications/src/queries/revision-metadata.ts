import { sourcesOf } from '@driftless/model'
import type { Context } from '../context.ts'
import { ApplicationErrors } from '../errors.ts'
import type { ApplicationRecord } from '../ports/application-store.ts'

export interface RevisionMetadata {
  readonly author: string
  readonly date: string
  readonly tags: string[]
  readonly message: string
}

/** Who wrote a commit of one of the application's sources, when and why (spec: sync §13). */
export async function readRevisionMetadata(
  app: ApplicationRecord,
  { revision, sourceIndex = 0 }: { revision: string; sourceIndex?: number },
  context: Context,
): Promise<RevisionMetadata> {
  const source = sourcesOf(app.spec)[sourceIndex]
  if (source === undefined) throw ApplicationErrors.NO_SOURCE({ name: app.name, position: sourceIndex })
  const remote = await context.repositories.remoteOf(source.repoURL, app.spec.project)
  const { sha } = await context.git.resolve(remote, revision)
  const { author, date, tags, message } = await context.git.commit(remote, sha)
  return { author, date, tags: [...tags], message }
}
