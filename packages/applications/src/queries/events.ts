import type { KubeObject } from '@driftless/kube-objects'
import type { Context } from '../context.ts'
import { clusterOf } from '../destination.ts'
import type { ApplicationRecord } from '../ports/application-store.ts'
import { findResource } from './live-resource.ts'

/** Which object's events are meant. */
export interface EventFilter {
  readonly namespace?: string
  readonly name?: string
  readonly uid?: string
}

/** Events of one resource of the application's tree, or of everything the application manages; newest last. */
export async function readEvents(app: ApplicationRecord, filter: EventFilter, context: Context): Promise<KubeObject[]> {
  const cluster = await clusterOf(app.spec.destination, context)
  const kind = { group: '', kind: 'Event' }
  if (filter.uid !== undefined || filter.name !== undefined) {
    const object = filter.uid === undefined ? undefined : cluster.byUid(filter.uid)
    // Only objects of the application's own tree may be asked about; one that is gone already has only its uid left.
    if (object !== undefined) await findResource(app, object.key, context)
    const selectors = [
      ...(filter.uid === undefined ? [] : [`involvedObject.uid=${filter.uid}`]),
      ...(filter.name === undefined ? [] : [`involvedObject.name=${filter.name}`]),
      ...(filter.namespace === undefined ? [] : [`involvedObject.namespace=${filter.namespace}`]),
    ]
    const namespace = filter.namespace ?? object?.key.namespace ?? ''
    return byTime(await cluster.objects.list(kind, { namespace, fieldSelector: selectors.join(',') }))
  }
  const uids = new Set([...cluster.managedBy(context.instanceOf(app))].map(({ uid }) => uid))
  const events = await cluster.objects.list(kind, { namespace: app.spec.destination.namespace ?? '' })
  return byTime(events.filter((event) => uids.has((event.involvedObject as { uid?: string } | undefined)?.uid ?? '')))
}

function byTime(events: KubeObject[]): KubeObject[] {
  const time = (event: KubeObject) =>
    String(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '')
  return events.sort((a, b) => (time(a) < time(b) ? -1 : 1))
}
