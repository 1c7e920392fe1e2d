import { deepEqual, type KubeObject, keyOf } from '@driftless/kube-objects'
import type { PodTemplate } from './objects.ts'
import { controlled, controlledBy } from './pod-facts.ts'
import { updateIfChanged } from './runtime/change-object.ts'
import type { ControllerContext } from './runtime/controller.ts'
import { templateHash } from './runtime/template-hash.ts'

/** A stored state of a workload's template. */
export interface Revision extends KubeObject {
  revision: number
  data: { spec: { template: PodTemplate } }
}

/** Label with the hash of a revision, on the revision and on its pods. */
export const revisionLabel = 'controller-revision-hash'

/** The revisions of a workload, oldest first. */
export function revisionsOf(context: ControllerContext, owner: KubeObject): Revision[] {
  return controlled<Revision>(context.api, owner, 'ControllerRevision').sort((a, b) => a.revision - b.revision)
}

/** The revision of a workload's present template: found, renumbered as the newest, or made. */
export function ensureRevision(context: ControllerContext, owner: KubeObject, template: PodTemplate): Revision {
  const known = revisionsOf(context, owner)
  const newest = known.at(-1)?.revision ?? 0
  // The form in which `kubectl rollout undo` sends it back as a strategic merge patch.
  const data = { spec: { template: { ...template, $patch: 'replace' } } }
  const same = known.findLast((revision) => deepEqual(revision.data, data))
  if (same !== undefined) {
    return updateIfChanged(context.api, same, (copy) => {
      if (copy.revision < newest) copy.revision = newest + 1
    })
  }
  const hash = templateHash(template)
  return context.api.create(
    {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: `${owner.metadata.name}-${hash}`,
        namespace: owner.metadata.namespace ?? '',
        labels: { ...template.metadata?.labels, [revisionLabel]: hash },
        ownerReferences: [controlledBy(owner)],
      },
      data,
      revision: newest + 1,
    },
    { manager: 'kube-controller-manager' },
  ) as Revision
}

/** Removes the oldest revisions beyond the limit that no pod is made from. */
export function dropOldRevisions(
  context: ControllerContext,
  owner: KubeObject,
  options: { limit: number; used: ReadonlySet<string> },
): void {
  const unused = revisionsOf(context, owner).filter((revision) => !options.used.has(revision.metadata.name ?? ''))
  for (const revision of unused.slice(0, Math.max(0, unused.length - options.limit)))
    context.api.delete(keyOf(revision))
}

/** The template that a revision holds. */
export function templateOf(revision: Revision): PodTemplate {
  const { $patch: _directive, ...template } = revision.data.spec.template as PodTemplate & { $patch?: string }
  return template
}
