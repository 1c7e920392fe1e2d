import { ageSince, formatAge } from '@driftless/kube-server'
import { isRecord, number, record, records, text } from '../../json.ts'
import { type Cells, joined, labelTexts, selectorText, specOf, statusOf, templateCells } from './cell.ts'

const template = templateCells((object) => specOf(object).template)

/** Columns of `kubectl get deployments`. */
export const deploymentCells: Cells = {
  ...template,
  Ready: (object) => `${number(statusOf(object).readyReplicas)}/${number(specOf(object).replicas)}`,
  'Up-to-date': (object) => number(statusOf(object).updatedReplicas),
  Available: (object) => number(statusOf(object).availableReplicas),
  Selector: (object) => selectorText(specOf(object).selector),
}

/** Columns of `kubectl get replicasets`. */
export const replicaSetCells: Cells = {
  ...template,
  Desired: (object) => number(specOf(object).replicas),
  Current: (object) => number(statusOf(object).replicas),
  Ready: (object) => number(statusOf(object).readyReplicas),
  Selector: (object) => selectorText(specOf(object).selector),
}

/** Columns of `kubectl get replicationcontrollers`. */
export const replicationControllerCells: Cells = {
  ...replicaSetCells,
  Selector: (object) => joined(labelTexts(record(specOf(object).selector))),
}

/** Columns of `kubectl get statefulsets`. */
export const statefulSetCells: Cells = {
  ...template,
  Ready: (object) => `${number(statusOf(object).readyReplicas)}/${number(specOf(object).replicas)}`,
}

/** Columns of `kubectl get daemonsets`. */
export const daemonSetCells: Cells = {
  ...template,
  Desired: (object) => number(statusOf(object).desiredNumberScheduled),
  Current: (object) => number(statusOf(object).currentNumberScheduled),
  Ready: (object) => number(statusOf(object).numberReady),
  'Up-to-date': (object) => number(statusOf(object).updatedNumberScheduled),
  Available: (object) => number(statusOf(object).numberAvailable),
  'Node Selector': (object) => joined(labelTexts(record(record(record(specOf(object).template).spec).nodeSelector))),
  Selector: (object) => selectorText(specOf(object).selector),
}

/** Columns of `kubectl get controllerrevisions`. */
export const controllerRevisionCells: Cells = {
  Controller: (object) => {
    const owner = object.metadata.ownerReferences?.find((reference) => reference.controller === true)
    if (owner === undefined) return '<none>'
    const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.slice(0, owner.apiVersion.indexOf('/'))}` : ''
    return `${owner.kind.toLowerCase()}${group}/${owner.name}`
  },
  Revision: (object) => object.revision ?? 0,
}

/** Columns of `kubectl get jobs`. */
export const jobCells: Cells = {
  ...template,
  Status: (object) => jobStatus(records(statusOf(object).conditions), object.metadata.deletionTimestamp),
  Completions: (object) => {
    const { completions, parallelism } = specOf(object)
    const succeeded = number(statusOf(object).succeeded)
    if (typeof completions === 'number') return `${succeeded}/${completions}`
    return number(parallelism, 1) > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`
  },
  Duration: (object, now) => {
    const { startTime, completionTime } = statusOf(object)
    if (typeof startTime !== 'string') return ''
    const end = typeof completionTime === 'string' ? new Date(completionTime) : now
    return formatAge(end.getTime() - new Date(startTime).getTime())
  },
  Selector: (object) => selectorText(specOf(object).selector),
}

/** Columns of `kubectl get cronjobs`. */
export const cronJobCells: Cells = {
  ...templateCells((object) => record(record(specOf(object).jobTemplate).spec).template),
  Schedule: (object) => text(specOf(object).schedule),
  Timezone: (object) => text(specOf(object).timeZone) || '<none>',
  Suspend: (object) => specOf(object).suspend === true,
  Active: (object) => records(statusOf(object).active).length,
  'Last Schedule': (object, now) => {
    const { lastScheduleTime } = statusOf(object)
    return typeof lastScheduleTime === 'string' ? ageSince(lastScheduleTime, now) : '<none>'
  },
  Selector: (object) => selectorText(record(record(specOf(object).jobTemplate).spec).selector),
}

/** Columns of `kubectl get podtemplates`. */
export const podTemplateCells: Cells = {
  ...templateCells((object) => object.template),
  'Pod Labels': (object) => joined(labelTexts(record(record(record(object.template).metadata).labels))),
}

/** Columns of `kubectl get poddisruptionbudgets`. */
export const podDisruptionBudgetCells: Cells = {
  'Min Available': (object) => limitText(specOf(object).minAvailable),
  'Max Unavailable': (object) => limitText(specOf(object).maxUnavailable),
  'Allowed Disruptions': (object) => number(statusOf(object).disruptionsAllowed),
}

/** Columns of `kubectl get horizontalpodautoscalers`. */
export const autoscalerCells: Cells = {
  Reference: (object) => {
    const target = record(specOf(object).scaleTargetRef)
    return `${text(target.kind)}/${text(target.name)}`
  },
  Targets: (object) => {
    const { metrics, targetCPUUtilizationPercentage } = specOf(object)
    if (typeof targetCPUUtilizationPercentage === 'number') return `cpu: <unknown>/${targetCPUUtilizationPercentage}%`
    const shown = records(metrics).map((metric, index) =>
      metricText(metric, records(statusOf(object).currentMetrics)[index]),
    )
    return shown.length > 2
      ? `${shown.slice(0, 2).join(', ')} + ${shown.length - 2} more...`
      : joined([shown.join(', ')])
  },
  MinPods: (object) => limitText(specOf(object).minReplicas, '<unset>'),
  MaxPods: (object) => number(specOf(object).maxReplicas),
  Replicas: (object) => number(statusOf(object).currentReplicas),
}

function metricText(metric: Record<string, unknown>, current: Record<string, unknown> | undefined): string {
  const source = record(metric.resource ?? metric.containerResource ?? metric.pods ?? metric.object ?? metric.external)
  const target = record(source.target)
  const now = record(record(record(current?.resource ?? current?.containerResource ?? current?.pods)).current)
  const name = text(source.name)
  if (typeof target.averageUtilization === 'number') {
    const used = typeof now.averageUtilization === 'number' ? `${now.averageUtilization}%` : '<unknown>'
    return `${name}: ${used}/${target.averageUtilization}%`
  }
  const used = text(now.averageValue) || text(now.value) || '<unknown>'
  const wanted =
    text(target.averageValue) === '' ? text(target.value) : `${text(target.averageValue)}${name === '' ? ' (avg)' : ''}`
  return name === '' ? `${used}/${wanted}` : `${name}: ${used}/${wanted}`
}

function limitText(value: unknown, absent = 'N/A'): string {
  return value === undefined || value === null || isRecord(value) ? absent : String(value)
}

function jobStatus(conditions: Record<string, unknown>[], deletion: string | undefined): string {
  const holds = (type: string) => conditions.some((condition) => condition.type === type && condition.status === 'True')
  if (holds('Complete')) return 'Complete'
  if (holds('Failed')) return 'Failed'
  if (deletion !== undefined) return 'Terminating'
  if (holds('Suspended')) return 'Suspended'
  if (holds('FailureTarget')) return 'FailureTarget'
  return holds('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running'
}
