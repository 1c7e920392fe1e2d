import { parseYaml } from '@driftless/kube-objects'
import { fieldOf } from '../values/tree.ts'
import type { Origin } from './origin.ts'

/** Reads the origin annotation of a plugin's configuration. */
export function parseOrigin(text: string): Origin {
  const value = parseYaml(text)
  const part = (field: 'path' | 'repo' | 'ref') => {
    const own = fieldOf(value, field)
    return typeof own === 'string' ? { [field]: own } : {}
  }
  return { ...part('path'), ...part('repo'), ...part('ref') }
}
