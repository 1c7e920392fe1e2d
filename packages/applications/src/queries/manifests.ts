import { hideSecrets } from '@driftless/diff'
import type { Context } from '../context.ts'
import type { ApplicationRecord } from '../ports/application-store.ts'
import { takeSnapshot } from '../snapshot.ts'

export interface RenderedManifests {
  readonly manifests: string[]
  readonly namespace: string
  readonly server: string
  readonly revision: string
  readonly sourceType: string
  readonly commands: string[]
}

/** What git wants, rendered, as JSON strings; Secret values masked. */
export async function readManifests(
  app: ApplicationRecord,
  { revision, noCache, context }: { revision?: string; noCache?: boolean; context: Context },
): Promise<RenderedManifests> {
  const revisions = revision ? [revision] : (app.state?.revisions ?? [])
  const snapshot = await takeSnapshot(app, app.spec, {
    context,
    hard: noCache === true,
    ...(revisions.length > 0 ? { revisions } : {}),
  })
  return {
    manifests: snapshot.targets.map(({ object }) => JSON.stringify(hideSecrets({ target: object, live: null }).target)),
    namespace: app.spec.destination.namespace ?? '',
    server: snapshot.cluster.server,
    revision: snapshot.revisions[0] ?? '',
    sourceType: snapshot.sourceTypes[0] ?? '',
    commands: [...snapshot.commands],
  }
}
