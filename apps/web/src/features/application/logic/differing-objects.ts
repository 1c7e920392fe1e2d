import { formatKey } from '@driftless/kube-objects'
import type { ResourceDiff } from '@driftless/model'
import { countChanges, diffLines } from '@driftless/ui'
import { diffSides, presence } from './diff-sides.ts'
import { nodeKey } from './node-key.ts'

/** An object whose live state is not what git says, with both sides as YAML. */
export interface DifferingObject {
  readonly key: string
  readonly resource: ResourceDiff
  readonly live: string
  readonly desired: string
  readonly added: number
  readonly removed: number
  readonly side: 'both' | 'git' | 'live'
}

/** The objects that differ, hooks left out. */
export function differingObjects(resources: readonly ResourceDiff[]): DifferingObject[] {
  return resources
    .filter((resource) => resource.hook !== true)
    .flatMap((resource) => {
      const side = presence(resource)
      if (!resource.modified && side === 'both') return []
      const sides = diffSides(resource)
      if (sides.live === sides.desired) return []
      return [
        {
          key: formatKey(nodeKey(resource)),
          resource,
          side,
          ...sides,
          ...countChanges(diffLines(sides.live, sides.desired)),
        },
      ]
    })
}
