import { formatGroupKind } from '@driftless/kube-objects'
import { byCondition, conditionRules } from './condition-rule.ts'
import type { HealthCheck } from './health.ts'
import { apiService } from './kinds/api-service.ts'
import { analysisRun, applicationSet, cronWorkflow, experiment } from './kinds/argo.ts'
import { certificate } from './kinds/certificate.ts'
import { awsController, configConnector, crossplane, upbound } from './kinds/cloud-providers.ts'
import { cronJob } from './kinds/cron-job.ts'
import { customResourceDefinition } from './kinds/custom-resource-definition.ts'
import { daemonSet } from './kinds/daemon-set.ts'
import { deployment } from './kinds/deployment.ts'
import { fluxKustomization, fluxSource, helmRelease } from './kinds/flux.ts'
import { gateway, route } from './kinds/gateway.ts'
import { horizontalPodAutoscaler } from './kinds/horizontal-pod-autoscaler.ts'
import { ingress } from './kinds/ingress.ts'
import { job } from './kinds/job.ts'
import { scaledJob, scaledObject } from './kinds/keda.ts'
import { knativeService } from './kinds/knative-service.ts'
import {
  capiCluster,
  cloneSet,
  deploymentConfig,
  machineDeployment,
  nodeClaim,
  openshiftRoute,
  postgresCluster,
  prometheus,
  strimzi,
  virtualMachine,
} from './kinds/operators.ts'
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
  'gateway.networking.k8s.io/Gateway': gateway,
  'gateway.networking.k8s.io/HTTPRoute': route,
  'gateway.networking.k8s.io/GRPCRoute': route,
  'keda.sh/ScaledObject': scaledObject,
  'keda.sh/ScaledJob': scaledJob,
  'serving.knative.dev/Service': knativeService,
  'kafka.strimzi.io/Kafka': strimzi,
  'postgresql.cnpg.io/Cluster': postgresCluster,
  'helm.toolkit.fluxcd.io/HelmRelease': helmRelease,
  'kustomize.toolkit.fluxcd.io/Kustomization': fluxKustomization,
  'source.toolkit.fluxcd.io/GitRepository': fluxSource,
  'source.toolkit.fluxcd.io/OCIRepository': fluxSource,
  'source.toolkit.fluxcd.io/Bucket': fluxSource,
  'source.toolkit.fluxcd.io/HelmRepository': fluxSource,
  'source.toolkit.fluxcd.io/HelmChart': fluxSource,
  'cluster.x-k8s.io/Cluster': capiCluster,
  'cluster.x-k8s.io/MachineDeployment': machineDeployment,
  'monitoring.coreos.com/Prometheus': prometheus,
  'karpenter.sh/NodeClaim': nodeClaim,
  'apps.kruise.io/CloneSet': cloneSet,
  'kubevirt.io/VirtualMachine': virtualMachine,
  'route.openshift.io/Route': openshiftRoute,
  'apps.openshift.io/DeploymentConfig': deploymentConfig,
}

/** Checks of whole families of API groups, by the end of the group's name. */
const families: readonly { readonly suffix: string; readonly check: HealthCheck }[] = [
  { suffix: '.crossplane.io', check: crossplane },
  { suffix: '.upbound.io', check: upbound },
  { suffix: '.services.k8s.aws', check: awsController },
  { suffix: '.cnrm.cloud.google.com', check: configConnector },
]

/** The check of a kind: its own, else its family's; undefined when the kind has no health. */
export function checkFor(kind: { group: string; kind: string }): HealthCheck | undefined {
  const own = healthChecks.get(formatGroupKind(kind))
  return own ?? families.find(({ suffix }) => kind.group.endsWith(suffix))?.check
}

/** Every check by `<group>/<Kind>` (core kinds: `<Kind>`). */
export const healthChecks: ReadonlyMap<string, HealthCheck> = new Map([
  ...Object.entries(conditionRules).map(([kind, type]) => [kind, byCondition(type)] as const),
  ...Object.entries(checks),
])
