import { hideSecrets } from '@driftless/diff'
import type { ResourceDiff } from '@driftless/model'
import { type ComparedObject, compareStates } from '../comparison.ts'
import type { Context } from '../context.ts'
import type { ApplicationRecord } from '../ports/application-store.ts'
import { type Snapshot, takeSnapshot } from '../snapshot.ts'

/** Which of an application's resources are meant; absent fields mean any. */
export interface ResourceFilter {
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name?: string
}

/** Desired, live and predicted state of each managed resource that matches, compared now; Secret values masked. */
export async function readManagedResources(
  app: ApplicationRecord,
  filter: ResourceFilter,
  context: Context,
): Promise<ResourceDiff[]> {
  const revisions = app.state?.revisions ?? []
  const snapshot = await takeSnapshot(app, app.spec, { context, ...(revisions.length > 0 ? { revisions } : {}) })
  const wanted = snapshot.compared.filter((object) => !object.hook && !object.skipped && matches(object, filter))
  return await Promise.all(wanted.map((object) => describe(object, app, snapshot)))
}

async function describe(object: ComparedObject, app: ApplicationRecord, snapshot: Snapshot): Promise<ResourceDiff> {
  const liveManifest = object.live === undefined ? undefined : await snapshot.cluster.manifest(object.live)
  // Masked before the comparison, so that no form of a secret value can leave through it; equal values stay equal.
  const shown = hideSecrets({ target: object.target?.object ?? null, live: liveManifest ?? null })
  const comparison = compareStates(shown.live ?? undefined, shown.target ?? undefined, app.spec)
  const { group, kind, namespace, name } = object.key
  return {
    ...(group === '' ? {} : { group }),
    kind,
    ...(namespace === '' ? {} : { namespace }),
    name,
    targetState: JSON.stringify(shown.target),
    liveState: JSON.stringify(shown.live),
    normalizedLiveState: JSON.stringify(comparison.normalizedLive),
    predictedLiveState: JSON.stringify(comparison.predictedLive),
    modified: comparison.modified,
    ...(object.live === undefined ? {} : { resourceVersion: object.live.resourceVersion }),
    differences: comparison.differences,
  }
}

function matches({ key }: ComparedObject, filter: ResourceFilter): boolean {
  const fits = (wanted: string | undefined, actual: string) =>
    wanted === undefined || wanted === '' || wanted === actual
  return (
    (filter.group === undefined || filter.group === key.group) &&
    fits(filter.kind, key.kind) &&
    fits(filter.namespace, key.namespace) &&
    fits(filter.name, key.name)
  )
}
