import { gvkOf, type KubeObject } from '@driftless/kube-objects'
import { isKeptOnDeletion } from './sync-option.ts'
import { waveOf } from './wave.ts'

/** The order in which an application's objects are deleted: highest wave first, one wave at a time; what must stay is left out. */
export function deletionWaves(live: readonly KubeObject[], syncOptions: readonly string[] = []): KubeObject[][] {
  const byWave = new Map<number, KubeObject[]>()
  for (const object of live) {
    const { group, kind } = gvkOf(object)
    if (group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition') continue
    if (isKeptOnDeletion(object, syncOptions)) continue
    const wave = waveOf(object)
    const members = byWave.get(wave)
    if (members === undefined) byWave.set(wave, [object])
    else members.push(object)
  }
  return [...byWave.entries()].sort(([a], [b]) => b - a).map(([, members]) => members)
}
