import { cloneJson, keyOf } from '@driftless/kube-objects'
import { Cron } from 'croner'
import type { CronJob, Job } from '../objects.ts'
import { controlled, controlledBy } from '../pod-facts.ts'
import { updateStatusIfChanged } from '../runtime/change-object.ts'
import { holds } from '../runtime/conditions.ts'
import { type Controller, type ControllerContext, keyOfChange, ownerKey } from '../runtime/controller.ts'
import { instant } from '../runtime/instant.ts'
import { isDone } from './job.ts'

const source = 'cronjob-controller'
/** More missed times than this are not looked at one by one. */
const mostMissed = 100

/** Starts Jobs at the times of CronJobs, with one timer for each and none in between. */
export function cronJobController(context: ControllerContext): Controller {
  return {
    name: source,
    watches: ['batch/CronJob', 'batch/Job'],
    keysOf(change) {
      if (change.object.kind === 'CronJob') return change.type === 'DELETED' ? [] : [keyOfChange(change)]
      const owner = ownerKey(change, 'batch', 'CronJob')
      return owner === undefined ? [] : [owner]
    },
    reconcile(key) {
      const cron = context.api.get(key) as CronJob | undefined
      return cron === undefined || cron.metadata.deletionTimestamp !== undefined
        ? undefined
        : reconcileCron(context, cron)
    },
  }
}

function reconcileCron(context: ControllerContext, cron: CronJob): number | undefined {
  const now = context.clock.now()
  const jobs = controlled<Job>(context.api, cron, 'Job')
  dropHistory(context, cron, jobs)
  const due = cron.spec.suspend === true ? undefined : lastDue(cron, now)
  const started = due === undefined ? false : start(context, cron, { due, running: jobs.filter((job) => !isDone(job)) })
  report(context, cron, started ? due : undefined)
  if (cron.spec.suspend === true) return undefined
  const next = scheduleOf(cron)?.nextRun(now)
  return next === null || next === undefined ? undefined : next.getTime() - now.getTime()
}

function scheduleOf(cron: CronJob): Cron | undefined {
  try {
    const { schedule, timeZone } = cron.spec
    return new Cron(schedule, { paused: true, mode: '5-part', timezone: timeZone ?? 'UTC' })
  } catch {
    return undefined
  }
}

/** The last scheduled time that nothing was started for; undefined when there is none or it is too late for it. */
function lastDue(cron: CronJob, now: Date): Date | undefined {
  const schedule = scheduleOf(cron)
  const since = new Date(cron.status?.lastScheduleTime ?? cron.metadata.creationTimestamp ?? now)
  const deadline = cron.spec.startingDeadlineSeconds
  const earliest = deadline === undefined ? since : new Date(Math.max(since.getTime(), now.getTime() - deadline * 1000))
  let due: Date | undefined
  let next = schedule?.nextRun(earliest) ?? undefined
  for (let count = 0; next !== undefined && next <= now; count += 1) {
    due = next
    // After a long stop only the recent past matters.
    const from = count > mostMissed ? new Date(Math.max(next.getTime(), now.getTime() - 120_000)) : next
    next = schedule?.nextRun(from) ?? undefined
  }
  return due
}

/** Creates the Job of a time unless the concurrency policy is against it; answers whether the time is settled. */
function start(context: ControllerContext, cron: CronJob, facts: { due: Date; running: readonly Job[] }): boolean {
  const { due, running } = facts
  if (running.length > 0 && cron.spec.concurrencyPolicy === 'Forbid') {
    const message = 'Not starting job because prior execution is running and concurrency policy is Forbid'
    context.events.record({ object: cron, source, reason: 'JobAlreadyActive', message })
    return false
  }
  if (cron.spec.concurrencyPolicy === 'Replace') {
    for (const job of running) context.api.delete(keyOf(job), { propagationPolicy: 'Background' })
  }
  const name = `${cron.metadata.name}-${Math.floor(due.getTime() / 60_000)}`
  if (context.api.get({ group: 'batch', kind: 'Job', namespace: cron.metadata.namespace ?? '', name }) !== undefined)
    return true
  const template = cloneJson(cron.spec.jobTemplate)
  context.api.create(
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        namespace: cron.metadata.namespace ?? '',
        ...(template.metadata?.labels === undefined ? {} : { labels: template.metadata.labels }),
        annotations: {
          ...template.metadata?.annotations,
          'batch.kubernetes.io/cronjob-scheduled-timestamp': instant(due),
        },
        ownerReferences: [controlledBy(cron)],
      },
      spec: template.spec,
    },
    { manager: 'kube-controller-manager' },
  )
  context.events.record({ object: cron, source, reason: 'SuccessfulCreate', message: `Created job ${name}` })
  return true
}

function report(context: ControllerContext, cron: CronJob, due: Date | undefined): void {
  const jobs = controlled<Job>(context.api, cron, 'Job')
  const active = jobs.filter((job) => !isDone(job))
  const successes = jobs.map((job) => job.status?.completionTime ?? '').sort()
  const lastSuccess = successes.at(-1) ?? ''
  for (const job of jobs.filter((candidate) => isDone(candidate) && isListed(cron, candidate))) {
    const condition = holds(job.status?.conditions, 'Complete') ? 'Complete' : 'Failed'
    const message = `Saw completed job: ${job.metadata.name}, condition: ${condition}`
    context.events.record({ object: cron, source, reason: 'SawCompletedJob', message })
  }
  updateStatusIfChanged(context.api, cron, (copy) => {
    const { active: _active, ...before } = copy.status ?? {}
    copy.status = {
      ...before,
      ...(active.length === 0 ? {} : { active: active.map(referenceTo) }),
      ...(due === undefined ? {} : { lastScheduleTime: instant(due) }),
      ...(lastSuccess === '' ? {} : { lastSuccessfulTime: lastSuccess }),
    }
  })
}

function isListed(cron: CronJob, job: Job): boolean {
  return (cron.status?.active ?? []).some((reference) => reference.uid === job.metadata.uid)
}

function referenceTo(job: Job): Record<string, unknown> {
  const { name, namespace, uid, resourceVersion } = job.metadata
  return { apiVersion: 'batch/v1', kind: 'Job', name, namespace, uid, resourceVersion }
}

function dropHistory(context: ControllerContext, cron: CronJob, jobs: readonly Job[]): void {
  const { successfulJobsHistoryLimit = 3, failedJobsHistoryLimit = 1 } = cron.spec
  const byAge = [...jobs].sort((a, b) => (a.metadata.name ?? '').localeCompare(b.metadata.name ?? ''))
  for (const [type, limit] of [
    ['Complete', successfulJobsHistoryLimit],
    ['Failed', failedJobsHistoryLimit],
  ] as const) {
    const ended = byAge.filter((job) => holds(job.status?.conditions, type))
    for (const job of ended.slice(0, Math.max(0, ended.length - limit)))
      context.api.delete(keyOf(job), { propagationPolicy: 'Background' })
  }
}
