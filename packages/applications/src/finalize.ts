import { messageOf } from '@driftless/foundation'
import { gvkOf, type KubeObject, keyOf } from '@driftless/kube-objects'
import { deletionWaves } from '@driftless/sync'
import type { Context } from './context.ts'
import { awaitReady, clusterOf } from './destination.ts'
import { unknownState, withCondition } from './observed-state.ts'
import type { ApplicationRecord, ApplicationRef } from './ports/application-store.ts'

/** What happens next with an application that is being deleted. */
export type FinalizeVerdict = { readonly next: 'gone' } | { readonly next: 'again'; readonly afterMs: number }

const pollMs = 500
const failureRetryMs = 10_000
const cascade = /^resources-finalizer\.argocd\.argoproj\.io(\/(foreground|background))?$/

/** Takes the deletion of an application one step further: wave by wave its resources, then the application itself (spec: sync §12). */
export async function finalize(ref: ApplicationRef, context: Context): Promise<FinalizeVerdict> {
  const app = await context.store.get(ref)
  if (app === undefined || app.deletedAt === undefined) return { next: 'gone' }
  try {
    const finalizer = app.finalizers.find((name) => cascade.test(name))
    if (finalizer !== undefined && (await deleteNextWave(app, finalizer, context)))
      return { next: 'again', afterMs: pollMs }
  } catch (failure) {
    await reportFailure(app, failure, context)
    return { next: 'again', afterMs: failureRetryMs }
  }
  await context.store.remove(ref)
  context.forget(ref)
  return { next: 'gone' }
}

/** Deletes the last wave that still has objects; answers whether anything is left. */
async function deleteNextWave(app: ApplicationRecord, finalizer: string, context: Context): Promise<boolean> {
  const cluster = await destinationOf(app, context)
  if (cluster === undefined) return false
  await awaitReady(cluster)
  const manifests: KubeObject[] = []
  for (const live of cluster.managedBy(context.instanceOf(app))) {
    const manifest = await cluster.manifest(live)
    if (manifest !== undefined) manifests.push(manifest)
  }
  const [wave] = deletionWaves(manifests)
  if (wave === undefined) return false
  const propagation = finalizer.endsWith('/background') ? 'background' : 'foreground'
  await Promise.all(
    wave
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map((object) =>
        cluster.objects.delete(
          { ...keyOf(object), version: gvkOf(object).version },
          { propagation, uid: object.metadata.uid ?? '' },
        ),
      ),
  )
  return true
}

/** The destination cluster; undefined when it is no longer registered, so that an application can still be removed. */
async function destinationOf(app: ApplicationRecord, context: Context) {
  try {
    return await clusterOf(app.spec.destination, context)
  } catch (error) {
    if ((error as { code?: string }).code === 'APPLICATION_CLUSTER_UNKNOWN') return undefined
    throw error
  }
}

async function reportFailure(app: ApplicationRecord, failure: unknown, context: Context): Promise<void> {
  const now = context.clock.now().toISOString()
  const state = app.state ?? unknownState(app, failure, now)
  const next = withCondition(state, 'DeletionError', { type: 'DeletionError', message: messageOf(failure) }, now)
  if (next !== state) await context.store.recordState(app, next, undefined)
  context.log('warn', 'application could not be deleted yet', {
    application: `${app.namespace}/${app.name}`,
    reason: messageOf(failure),
  })
}
