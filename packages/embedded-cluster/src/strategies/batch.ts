import { cloneJson, deepEqual, type JsonObject, type KubeObject } from '@driftless/kube-objects'
import type { KindStrategy } from '@driftless/kube-server'
import { CronPattern } from 'croner'
import { number, record, text, texts } from '../json.ts'
import { checkNotNegative } from './formats.ts'
import { initialStatus } from './initial-status.ts'
import { checkLabelSelector } from './label-selector.ts'
import { checkTemplate } from './pod-template.ts'
import { collectProblems, immutable, type Problems } from './problems.ts'
import { checkOneOf } from './workloads.ts'

/** Rules of Jobs: the server ties template and selector to the Job's uid, and both are fixed from then on. */
export const job: KindStrategy = {
  defaultPropagation: 'Orphan',
  prepareForCreate(object) {
    object.status = {}
    if (record(object.spec).manualSelector !== true) tieToUid(object)
  },
  validate(object, previous) {
    const problems = collectProblems()
    const spec = record(object.spec)
    checkJobSpec(problems, 'spec', spec)
    if (record(previous?.metadata).uid === undefined) checkGeneratedLabels(problems, object)
    if (previous !== undefined) checkJobUpdate(problems, spec, record(previous.spec))
    return problems.found
  },
}

/** Rules of CronJobs. */
export const cronJob: KindStrategy = {
  prepareForCreate: initialStatus(() => ({})),
  validate(object, previous) {
    const problems = collectProblems()
    const spec = record(object.spec)
    const name = object.metadata.name ?? ''
    if (previous === undefined && name.length > 52)
      problems.invalid('metadata.name', name, 'must be no more than 52 characters')
    const schedule = text(spec.schedule)
    if (schedule === '') problems.required('spec.schedule')
    else checkSchedule(problems, schedule)
    if (spec.timeZone !== undefined) checkTimeZone(problems, text(spec.timeZone))
    checkNotNegative(problems, 'spec.startingDeadlineSeconds', spec.startingDeadlineSeconds)
    checkOneOf(problems, 'spec.concurrencyPolicy', spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace'])
    checkJobSpec(problems, 'spec.jobTemplate.spec', record(record(spec.jobTemplate).spec))
    checkNotNegative(problems, 'spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit)
    checkNotNegative(problems, 'spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit)
    return problems.found
  },
}

/** The instants of a schedule in the syntax of CronJobs: five fields or a macro such as `@daily`. */
export function isSchedule(schedule: string): boolean {
  try {
    new CronPattern(schedule, undefined, { mode: '5-part' })
    return true
  } catch {
    return false
  }
}

function tieToUid(object: KubeObject): void {
  const uid = object.metadata.uid ?? ''
  const spec = cloneJson(record(object.spec))
  const template = record(spec.template)
  const metadata = record(template.metadata)
  const name = object.metadata.name ?? ''
  const labels = {
    ...texts(metadata.labels),
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  }
  const selector = record(spec.selector)
  object.spec = {
    ...spec,
    selector: {
      ...selector,
      matchLabels: { ...texts(selector.matchLabels), 'batch.kubernetes.io/controller-uid': uid },
    },
    template: { ...template, metadata: { ...metadata, labels } },
  }
}

function checkGeneratedLabels(problems: Problems, object: KubeObject): void {
  if (record(object.spec).selector === undefined) problems.required('spec.selector')
}

function checkJobSpec(problems: Problems, field: string, spec: JsonObject): void {
  for (const name of [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'maxFailedIndexes',
    'backoffLimitPerIndex',
  ]) {
    checkNotNegative(problems, `${field}.${name}`, spec[name])
  }
  if (spec.completionMode === 'Indexed') {
    if (spec.completions === undefined) problems.required(`${field}.completions`, 'when completion mode is Indexed')
    if (number(spec.parallelism) > 100_000)
      problems.invalid(
        `${field}.parallelism`,
        spec.parallelism,
        'must be less than or equal to 100000 when completion mode is Indexed',
      )
  } else if (spec.completionMode !== undefined && spec.completionMode !== 'NonIndexed') {
    problems.unsupported(`${field}.completionMode`, spec.completionMode, ['Indexed', 'NonIndexed'])
  }
  if (spec.selector !== undefined) checkLabelSelector(problems, `${field}.selector`, spec.selector)
  checkTemplate(problems, `${field}.template`, spec.template)
  const policy = text(record(record(spec.template).spec).restartPolicy)
  if (policy === 'Always')
    problems.required(`${field}.template.spec.restartPolicy`, 'valid values: "OnFailure", "Never"')
  else if (policy !== 'OnFailure' && policy !== 'Never')
    problems.unsupported(`${field}.template.spec.restartPolicy`, policy, ['OnFailure', 'Never'])
}

function checkJobUpdate(problems: Problems, spec: JsonObject, previous: JsonObject): void {
  const isIndexed = spec.completionMode === 'Indexed'
  const mayResize = isIndexed && spec.completions === spec.parallelism
  if (!mayResize && !deepEqual(spec.completions, previous.completions))
    problems.invalid('spec.completions', spec.completions, immutable)
  if (!deepEqual(spec.selector, previous.selector)) problems.invalid('spec.selector', spec.selector, immutable)
  const isSuspended = previous.suspend === true
  if (!deepEqual(mutableApart(spec.template, isSuspended), mutableApart(previous.template, isSuspended))) {
    problems.invalid('spec.template', spec.template, immutable)
  }
  for (const name of ['completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy']) {
    if (!deepEqual(spec[name], previous[name])) problems.invalid(`spec.${name}`, spec[name], immutable)
  }
}

/** A suspended Job's pods may still be told where to run. */
function mutableApart(template: unknown, isSuspended: boolean): unknown {
  if (!isSuspended) return template
  const { metadata, spec } = record(template)
  const { labels: _labels, annotations: _annotations, ...restOfMetadata } = record(metadata)
  const {
    nodeSelector: _selector,
    affinity: _affinity,
    tolerations: _tolerations,
    schedulingGates: _gates,
    ...restOfSpec
  } = record(spec)
  return { metadata: restOfMetadata, spec: restOfSpec }
}

function checkSchedule(problems: Problems, schedule: string): void {
  const fields = schedule.trim().split(/\s+/)
  if (schedule.startsWith('TZ=') || schedule.startsWith('CRON_TZ=')) {
    problems.invalid('spec.schedule', schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead')
  } else if (schedule.startsWith('@')) {
    if (!isSchedule(schedule) && !/^@every \S+$/.test(schedule))
      problems.invalid('spec.schedule', schedule, `unrecognized descriptor: ${schedule}`)
  } else if (fields.length !== 5) {
    problems.invalid(
      'spec.schedule',
      schedule,
      `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`,
    )
  } else if (!isSchedule(schedule))
    problems.invalid(
      'spec.schedule',
      schedule,
      `failed to parse int from ${firstBadField(fields)}: strconv.Atoi: parsing ${JSON.stringify(firstBadField(fields))}: invalid syntax`,
    )
}

function firstBadField(fields: readonly string[]): string {
  const patterns = ['* * * * *', '* * * * *', '* * * * *', '* * * * *', '* * * * *'].map((pattern) =>
    pattern.split(' '),
  )
  const bad = fields.find((field, index) => {
    const pattern = [...(patterns[index] ?? [])]
    pattern[index] = field
    return !isSchedule(pattern.join(' '))
  })
  return bad ?? fields[0] ?? ''
}

function checkTimeZone(problems: Problems, timeZone: string): void {
  if (timeZone === '') {
    problems.invalid('spec.timeZone', timeZone, 'timeZone must be nil or non-empty string')
    return
  }
  if (timeZone.toLowerCase() === 'local') {
    problems.invalid(
      'spec.timeZone',
      timeZone,
      'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
    )
    return
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch {
    problems.invalid('spec.timeZone', timeZone, `unknown time zone ${timeZone}`)
  }
}
