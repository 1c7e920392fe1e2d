import type { Change } from '@driftless/model'
import type { ChangeFeed } from '../../store/change-feed.ts'
import type { HandlersOf, RequestContext } from '../handler.ts'

/** What the change stream needs to know of an application to decide who may hear of it. */
export type ProjectOf = (ref: { namespace: string; name: string }) => Promise<string | undefined>

const resources = {
  Application: 'applications',
  Operation: 'applications',
  ResourceTree: 'applications',
  Repository: 'repositories',
  Cluster: 'clusters',
  Project: 'projects',
} as const satisfies Record<Change['kind'], string>

/** The one live stream of a browser. */
export function changeHandlers({
  changes,
  projectOf,
}: {
  changes: ChangeFeed
  projectOf: ProjectOf
}): HandlersOf<'watchChanges'> {
  return {
    async *watchChanges({ query }, context) {
      const from = query.from ?? (await changes.current())
      yield { event: 'hello', version: from }
      for await (const message of changes.follow(from, context.signal)) {
        if (message.type === 'reset') yield { event: 'reset', version: message.version }
        else if (await mayHear(message.change, context, projectOf)) yield { event: 'change', change: message.change }
      }
    },
  }
}

async function mayHear(change: Change, context: RequestContext, projectOf: ProjectOf): Promise<boolean> {
  const resource = resources[change.kind]
  if (context.canOther(resource, 'get', resource === 'applications' ? '*/*' : '*')) return true
  if (resource !== 'applications') return context.canOther(resource, 'get', change.name)
  const project = await projectOf(change)
  return project !== undefined && context.canOther(resource, 'get', `${project}/${change.name}`)
}
