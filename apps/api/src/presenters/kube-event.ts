import { routes } from '@driftless/contract'
import type { KubeObject } from '@driftless/kube-objects'
import type { z } from 'zod'

type KubeEvent = z.output<typeof routes.listEvents.response>['items'][number]

const item = routes.listEvents.response.shape.items.element

/** A Kubernetes event as clients see it; events that do not look like one are left out. */
export function presentEvents(events: readonly KubeObject[]): KubeEvent[] {
  return events.flatMap((event) => {
    const parsed = item.safeParse(event)
    return parsed.success ? [parsed.data] : []
  })
}
