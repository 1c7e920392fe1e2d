import { keyOf } from '@driftless/kube-objects'
import type { Condition, Job, Pod } from '../objects.ts'
import { controlled, isActive, isReady } from '../pod-facts.ts'
import { updateStatusIfChanged } from '../runtime/change-object.ts'
import { holds, withCondition } from '../runtime/conditions.ts'
import { type Controller, type ControllerContext, keyOfChange, ownerKey } from '../runtime/controller.ts'
import { instant, since } from '../runtime/instant.ts'
import { completedIndexes, createJobPods } from './job-pods.ts'

const source = 'job-controller'
const firstRetry = 10_000
const longestRetry = 600_000

/** Runs the pods of Jobs until enough have succeeded or too many have failed. */
export function jobController(context: ControllerContext): Controller {
  return {
    name: source,
    watches: ['batch/Job', '/Pod'],
    keysOf(change) {
      if (change.object.kind === 'Job') return change.type === 'DELETED' ? [] : [keyOfChange(change)]
      const owner = ownerKey(change, 'batch', 'Job')
      return owner === undefined ? [] : [owner]
    },
    reconcile(key) {
      const job = context.api.get(key) as Job | undefined
      if (job === undefined || job.metadata.deletionTimestamp !== undefined) return undefined
      return isDone(job) ? expire(context, job) : reconcileJob(context, job)
    },
  }
}

/** True when a Job has ended, well or not. */
export function isDone(job: Job): boolean {
  return holds(job.status?.conditions, 'Complete') || holds(job.status?.conditions, 'Failed')
}

interface JobView {
  job: Job
  pods: Pod[]
  active: Pod[]
  succeeded: number
  failed: number
}

function viewOf(context: ControllerContext, job: Job): JobView {
  const pods = controlled<Pod>(context.api, job, 'Pod')
  const inPhase = (phase: string) => pods.filter((pod) => pod.status?.phase === phase)
  const indexed = job.spec.completionMode === 'Indexed'
  return {
    job,
    pods,
    active: pods.filter(isActive),
    succeeded: indexed ? completedIndexes(pods).length : inPhase('Succeeded').length,
    failed: inPhase('Failed').length,
  }
}

function reconcileJob(context: ControllerContext, job: Job): number | undefined {
  const view = viewOf(context, job)
  if (job.spec.suspend === true) return suspend(context, view)
  const restarts = view.pods
    .flatMap((pod) => pod.status?.containerStatuses ?? [])
    .reduce((sum, status) => sum + status.restartCount, 0)
  const limit = job.spec.backoffLimit ?? 6
  if (view.failed > limit || (job.spec.template.spec.restartPolicy === 'OnFailure' && restarts > limit)) {
    return fail(context, view, {
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    })
  }
  const deadline = job.spec.activeDeadlineSeconds
  const left = deadline === undefined ? undefined : deadline * 1000 - since(context.clock, job.status?.startTime)
  if (left !== undefined && left <= 0) {
    return fail(context, view, { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' })
  }
  if (isComplete(view)) return complete(context, view)
  const retry = untilRetry(context, view)
  if (retry === 0) createMissing(context, view)
  report(context, viewOf(context, job), [])
  const waits = [left, retry === 0 ? undefined : retry].filter((wait) => wait !== undefined)
  return waits.length === 0 ? undefined : Math.min(...waits)
}

function isComplete(view: JobView): boolean {
  const { completions } = view.job.spec
  return completions === undefined ? view.succeeded > 0 && view.active.length === 0 : view.succeeded >= completions
}

/** Failed pods are followed by new ones after a delay that doubles each time. */
function untilRetry(context: ControllerContext, view: JobView): number {
  if (view.failed === 0) return 0
  const ends = view.pods
    .flatMap((pod) => pod.status?.containerStatuses ?? [])
    .map((status) => status.state.terminated?.finishedAt ?? '')
  const last = ends.sort().at(-1)
  const delay = Math.min(longestRetry, firstRetry * 2 ** (view.failed - 1))
  return last === undefined || last === '' ? 0 : Math.max(0, delay - since(context.clock, last))
}

function createMissing(context: ControllerContext, view: JobView): void {
  const { parallelism = 1, completions } = view.job.spec
  const remaining = completions === undefined ? (view.succeeded > 0 ? 0 : parallelism) : completions - view.succeeded
  const wanted = Math.max(0, Math.min(parallelism, remaining))
  const missing = wanted - view.active.length
  if (missing > 0) createJobPods(context, view.job, { count: missing, pods: view.pods })
  for (const pod of view.active.slice(wanted)) context.api.delete(keyOf(pod))
}

function suspend(context: ControllerContext, view: JobView): undefined {
  for (const pod of view.active) context.api.delete(keyOf(pod))
  const state = { type: 'Suspended', status: 'True' as const, reason: 'JobSuspended', message: 'Job suspended' }
  report(context, viewOf(context, view.job), [state])
  return undefined
}

function complete(context: ControllerContext, view: JobView): number | undefined {
  const reached = {
    status: 'True' as const,
    reason: 'CompletionsReached',
    message: 'Reached expected number of succeeded pods',
  }
  for (const pod of view.active) context.api.delete(keyOf(pod))
  report(context, viewOf(context, view.job), [
    { type: 'SuccessCriteriaMet', ...reached },
    { type: 'Complete', ...reached },
  ])
  context.events.record({ object: view.job, source, reason: 'Completed', message: 'Job completed' })
  return expire(context, (context.api.get(keyOf(view.job)) as Job | undefined) ?? view.job)
}

function fail(context: ControllerContext, view: JobView, why: { reason: string; message: string }): number | undefined {
  for (const pod of view.active) context.api.delete(keyOf(pod))
  const state = { status: 'True' as const, ...why }
  report(context, viewOf(context, view.job), [
    { type: 'FailureTarget', ...state },
    { type: 'Failed', ...state },
  ])
  context.events.record({ object: view.job, type: 'Warning', source, ...why })
  return expire(context, (context.api.get(keyOf(view.job)) as Job | undefined) ?? view.job)
}

function report(
  context: ControllerContext,
  view: JobView,
  states: readonly Omit<Condition, 'lastTransitionTime'>[],
): void {
  const now = context.clock.now()
  updateStatusIfChanged(context.api, view.job, (copy) => {
    const before = copy.status ?? {}
    const isResumed = view.job.spec.suspend !== true && holds(before.conditions, 'Suspended')
    const resumed = { type: 'Suspended', status: 'False' as const, reason: 'JobResumed', message: 'Job resumed' }
    let { conditions } = before
    for (const state of isResumed ? [...states, resumed] : states) {
      conditions = withCondition(conditions, state, now).map((condition) =>
        condition.type === state.type
          ? { lastProbeTime: condition.lastTransitionTime ?? null, ...condition }
          : condition,
      )
    }
    const done = states.some((state) => state.type === 'Complete')
    const ended = done || states.some((state) => state.type === 'Failed')
    const active = ended ? 0 : view.active.length
    copy.status = {
      ...(active === 0 ? {} : { active }),
      ready: ended ? 0 : view.active.filter(isReady).length,
      terminating: view.pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length,
      ...(view.succeeded === 0 ? {} : { succeeded: view.succeeded }),
      ...(view.failed === 0 ? {} : { failed: view.failed }),
      ...(view.job.spec.suspend === true ? {} : { startTime: before.startTime ?? instant(now) }),
      ...(done ? { completionTime: instant(now) } : {}),
      ...(view.job.spec.completionMode === 'Indexed' && view.succeeded > 0
        ? { completedIndexes: ranges(completedIndexes(view.pods)) }
        : {}),
      ...(conditions === undefined ? {} : { conditions }),
      uncountedTerminatedPods: {},
    }
  })
}

/** Numbers as `0-2,5`. */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = []
  for (const number of numbers) {
    const last = parts.at(-1)
    if (last !== undefined && last[1] === number - 1) last[1] = number
    else parts.push([number, number])
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',')
}

/** Removes a finished Job once its time to live is over. */
function expire(context: ControllerContext, job: Job): number | undefined {
  const ttl = job.spec.ttlSecondsAfterFinished
  if (ttl === undefined) return undefined
  const ended = job.status?.conditions?.find(
    (condition) => condition.type === 'Complete' || condition.type === 'Failed',
  )
  const left = ttl * 1000 - since(context.clock, ended?.lastTransitionTime)
  if (left > 0) return left
  context.api.delete(keyOf(job), { propagationPolicy: 'Foreground' })
  return undefined
}
