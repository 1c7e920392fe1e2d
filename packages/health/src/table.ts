import { byCondition, conditionRules } from './condition-rule.ts'
import type { HealthCheck } from './health.ts'
import { apiService } from './kinds/api-service.ts'
import { analysisRun, applicationSet, cronWorkflow, experiment } from './kinds/argo.ts'
import { certificate } from './kinds/certificate.ts'
import { cronJob } from './kinds/cron-job.ts'
import { customResourceDefinition } from './kinds/custom-resource-definition.ts'
import { daemonSet } from './kinds/daemon-set.ts'
import { deployment } from './kinds/deployment.ts'
import { horizontalPodAutoscaler } from './kinds/horizontal-pod-autoscaler.ts'
import { ingress } from './kinds/ingress.ts'
import { job } from './kinds/job.ts'
import { persistentVolumeClaim } from './kinds/persistent-volume-claim.ts'
import { pod } from './kinds/pod.ts'
import { podDisruptionBudget } from './kinds/pod-disruption-budget.ts'
import { replicaSet } from './kinds/replica-set.ts'
import { rollout } from './kinds/rollout.ts'
import { service } from './kinds/service.ts'
import { statefulSet } from './kinds/stateful-set.ts'
import { workflow } from './kinds/workflow.ts'

const checks: Readonly<Record<string, HealthCheck>> = {
  Pod: pod,
  Service: service,
  PersistentVolumeClaim: persistentVolumeClaim,
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'apps/ReplicaSet': replicaSet,
  'batch/Job': job,
  'batch/CronJob': cronJob,
  'extensions/Ingress': ingress,
  'networking.k8s.io/Ingress': ingress,
  'autoscaling/HorizontalPodAutoscaler': horizontalPodAutoscaler,
  'apiregistration.k8s.io/APIService': apiService,
  'apiextensions.k8s.io/CustomResourceDefinition': customResourceDefinition,
  'policy/PodDisruptionBudget': podDisruptionBudget,
  'argoproj.io/Workflow': workflow,
  'argoproj.io/Rollout': rollout,
  'argoproj.io/AnalysisRun': analysisRun,
  'argoproj.io/Experiment': experiment,
  'argoproj.io/CronWorkflow': cronWorkflow,
  'argoproj.io/ApplicationSet': applicationSet,
  'cert-manager.io/Certificate': certificate,
}

/** Every check by `<group>/<Kind>` (core kinds: `<Kind>`). */
export const healthChecks: ReadonlyMap<string, HealthCheck> = new Map([
  ...Object.entries(conditionRules).map(([kind, type]) => [kind, byCondition(type)] as const),
  ...Object.entries(checks),
])
