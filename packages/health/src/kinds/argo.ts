import type { HealthStatusCode } from '@driftless/model'
import { conditionsOf } from '../condition.ts'
import { isObject, textAt } from '../fields.ts'
import { type HealthCheck, health } from '../health.ts'

const analysisPhases: Readonly<Record<string, HealthStatusCode>> = {
  Pending: 'Progressing',
  Running: 'Progressing',
  Successful: 'Healthy',
  Failed: 'Degraded',
  Error: 'Degraded',
}

/** argoproj.io/AnalysisRun. */
export const analysisRun: HealthCheck = (object) => byAnalysisPhase(object.status, { Inconclusive: 'Unknown' })

/** argoproj.io/Experiment. */
export const experiment: HealthCheck = (object) => byAnalysisPhase(object.status, {})

/** argoproj.io/CronWorkflow. */
export const cronWorkflow: HealthCheck = (object) => {
  const failed = conditionsOf(object).find(
    ({ type, status }) => (type === 'SpecError' || type === 'SubmissionError') && status === 'True',
  )
  return failed === undefined ? health('Healthy') : health('Degraded', failed.message)
}

/** argoproj.io/ApplicationSet. */
export const applicationSet: HealthCheck = (object) => {
  const conditions = conditionsOf(object)
  const find = (type: string, status: string) => conditions.find((c) => c.type === type && c.status === status)
  const degraded = find('ErrorOccurred', 'True') ?? find('ResourcesUpToDate', 'False')
  if (degraded !== undefined) return health('Degraded', degraded.message)
  const rolling = find('RolloutProgressing', 'True')
  if (rolling !== undefined) return health('Progressing', rolling.message)
  const current = find('ResourcesUpToDate', 'True')
  if (current !== undefined) return health('Healthy', current.message)
  return health('Progressing', 'Waiting for the status to be reported')
}

function byAnalysisPhase(status: unknown, more: Readonly<Record<string, HealthStatusCode>>) {
  if (!isObject(status))
    return health('Progressing', 'Waiting for the analysis to start: status has not been reconciled.')
  const phase = textAt(status, 'phase')
  const found = { ...analysisPhases, ...more }[phase]
  return health(found ?? 'Progressing', textAt(status, 'message'))
}
