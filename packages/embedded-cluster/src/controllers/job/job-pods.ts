import type { Job, Pod } from '../objects.ts'
import { isActive } from '../pod-facts.ts'
import { podFromTemplate } from '../pod-from-template.ts'
import type { ControllerContext } from '../runtime/controller.ts'
import { randomSuffix } from '../runtime/template-hash.ts'

const indexKey = 'batch.kubernetes.io/job-completion-index'

/** Creates pods of a Job; those of an indexed Job take the lowest indexes that nobody works on. */
export function createJobPods(
  context: ControllerContext,
  job: Job,
  request: { count: number; pods: readonly Pod[] },
): void {
  const free = job.spec.completionMode === 'Indexed' ? freeIndexes(job, request.pods) : undefined
  for (let number = 0; number < request.count; number += 1) {
    const index = free?.[number]
    if (free !== undefined && index === undefined) return
    const generateName = index === undefined ? `${job.metadata.name}-` : `${job.metadata.name}-${index}-`
    const own: Record<string, string> = index === undefined ? {} : { [indexKey]: String(index) }
    const name = generateName + randomSuffix(context.random)
    const pod = podFromTemplate(job, job.spec.template, { name, generateName, labels: own, annotations: own })
    if (index !== undefined) pod.spec.hostname = `${job.metadata.name}-${index}`
    context.api.create(pod, { manager: 'kube-controller-manager' })
    context.events.record({
      object: job,
      source: 'job-controller',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${name}`,
    })
  }
}

/** The indexes whose pods have succeeded, ascending. */
export function completedIndexes(pods: readonly Pod[]): number[] {
  const done = pods.filter((pod) => pod.status?.phase === 'Succeeded').map(indexOf)
  return [...new Set(done)].filter((index) => index >= 0).sort((a, b) => a - b)
}

function freeIndexes(job: Job, pods: readonly Pod[]): number[] {
  const taken = new Set([...completedIndexes(pods), ...pods.filter(isActive).map(indexOf)])
  return Array.from({ length: job.spec.completions ?? 0 }, (_, index) => index).filter((index) => !taken.has(index))
}

function indexOf(pod: Pod): number {
  return Number(pod.metadata.annotations?.[indexKey] ?? -1)
}
