import type { KindStrategy } from '@driftless/kube-server'
import { record, records, text } from '../json.ts'
import { isCidr } from './formats.ts'
import { collectProblems } from './problems.ts'

const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }
const effects = ['NoExecute', 'NoSchedule', 'PreferNoSchedule']

/** Rules of Nodes: a new one takes no pods until something reports that it is ready. */
export const node: KindStrategy = {
  hasGeneration: false,
  prepareForCreate(object) {
    const spec = record(object.spec)
    const taints = records(spec.taints)
    if (!taints.some((taint) => taint.key === notReady.key && taint.effect === notReady.effect)) {
      object.spec = { ...spec, taints: [...taints, notReady] }
    }
  },
  validate(object) {
    const problems = collectProblems()
    const spec = record(object.spec)
    for (const [index, taint] of records(spec.taints).entries()) {
      if (text(taint.key) === '') problems.invalid(`spec.taints[${index}].key`, '', 'name part must be non-empty')
      if (!effects.includes(text(taint.effect)))
        problems.unsupported(`spec.taints[${index}].effect`, text(taint.effect), effects)
    }
    const range = text(spec.podCIDR)
    if (range !== '' && !isCidr(range))
      problems.invalid('spec.podCIDR', range, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')
    return problems.found
  },
}
