import type { KubeObject, LabelSelector, ObjectMeta } from '@driftless/kube-objects'

/** The parts of workload objects that controllers read; the API has checked their shape before they are stored. */
export interface PodTemplate {
  metadata?: Pick<ObjectMeta, 'labels' | 'annotations' | 'finalizers'>
  spec: PodSpec
}

/** A pod's desired state. */
export interface PodSpec {
  containers: Container[]
  initContainers?: Container[]
  volumes?: Volume[]
  nodeName?: string
  nodeSelector?: Record<string, string>
  affinity?: Affinity
  tolerations?: Toleration[]
  restartPolicy?: 'Always' | 'OnFailure' | 'Never'
  terminationGracePeriodSeconds?: number
  activeDeadlineSeconds?: number
  hostname?: string
  hostNetwork?: boolean
  serviceAccountName?: string
  readinessGates?: { conditionType: string }[]
  schedulingGates?: { name: string }[]
  schedulerName?: string
  [field: string]: unknown
}

/** One container of a pod. */
export interface Container {
  name: string
  image: string
  command?: string[]
  args?: string[]
  ports?: { name?: string; containerPort: number; hostPort?: number; protocol?: string }[]
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> }
  restartPolicy?: 'Always'
  imagePullPolicy?: string
  [field: string]: unknown
}

/** One volume of a pod; the source is a field named after its type. */
export interface Volume {
  name: string
  persistentVolumeClaim?: { claimName: string }
  configMap?: { name?: string; optional?: boolean }
  secret?: { secretName?: string; optional?: boolean }
  [source: string]: unknown
}

/** A taint that a pod accepts. */
export interface Toleration {
  key?: string
  operator?: 'Exists' | 'Equal'
  value?: string
  effect?: string
  tolerationSeconds?: number
}

/** A term of a node selector. */
export interface NodeSelectorTerm {
  matchExpressions?: NodeRequirement[]
  matchFields?: NodeRequirement[]
}

/** One requirement on a node's labels or fields. */
export interface NodeRequirement {
  key: string
  operator: string
  values?: string[]
}

/** Affinity, of which the scheduler knows the required node part. */
export interface Affinity {
  nodeAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: { nodeSelectorTerms: NodeSelectorTerm[] } }
  [field: string]: unknown
}

/** An entry of `status.conditions`. */
export interface Condition {
  type: string
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
  lastTransitionTime?: string | null
  lastUpdateTime?: string
  lastProbeTime?: string | null
  observedGeneration?: number
}

/** State of a container. */
export interface ContainerState {
  waiting?: { reason: string; message?: string }
  running?: { startedAt: string }
  terminated?: {
    exitCode: number
    reason: string
    startedAt: string
    finishedAt: string
    containerID?: string
    message?: string
  }
}

/** An entry of `status.containerStatuses`. */
export interface ContainerStatus {
  name: string
  state: ContainerState
  lastState: ContainerState
  ready: boolean
  restartCount: number
  image: string
  imageID: string
  containerID?: string
  started?: boolean
}

/** A pod's observed state. */
export interface PodStatus {
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
  reason?: string
  message?: string
  conditions?: Condition[]
  podIP?: string
  podIPs?: { ip: string }[]
  hostIP?: string
  hostIPs?: { ip: string }[]
  startTime?: string
  containerStatuses?: ContainerStatus[]
  initContainerStatuses?: ContainerStatus[]
  qosClass?: string
  observedGeneration?: number
}

/** A pod. */
export interface Pod extends KubeObject {
  spec: PodSpec
  status?: PodStatus
}

/** Numbers that ReplicaSets and Deployments report. */
export interface ReplicaStatus {
  replicas?: number
  readyReplicas?: number
  availableReplicas?: number
  fullyLabeledReplicas?: number
  updatedReplicas?: number
  unavailableReplicas?: number
  terminatingReplicas?: number
  currentReplicas?: number
  observedGeneration?: number
  collisionCount?: number
  currentRevision?: string
  updateRevision?: string
  conditions?: Condition[]
}

/** A ReplicaSet or ReplicationController. */
export interface ReplicaSet extends KubeObject {
  spec: { replicas?: number; minReadySeconds?: number; selector?: LabelSelector; template: PodTemplate }
  status?: ReplicaStatus
}

/** A Deployment. */
export interface Deployment extends KubeObject {
  spec: {
    replicas?: number
    minReadySeconds?: number
    paused?: boolean
    revisionHistoryLimit?: number
    progressDeadlineSeconds?: number
    selector: LabelSelector
    strategy?: { type?: string; rollingUpdate?: { maxSurge?: number | string; maxUnavailable?: number | string } }
    template: PodTemplate
  }
  status?: ReplicaStatus
}

/** A StatefulSet. */
export interface StatefulSet extends KubeObject {
  spec: {
    replicas?: number
    minReadySeconds?: number
    serviceName?: string
    podManagementPolicy?: string
    revisionHistoryLimit?: number
    ordinals?: { start?: number }
    selector: LabelSelector
    template: PodTemplate
    updateStrategy?: { type?: string; rollingUpdate?: { partition?: number; maxUnavailable?: number | string } }
    volumeClaimTemplates?: KubeObject[]
    persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string; whenScaled?: string }
  }
  status?: ReplicaStatus
}

/** A DaemonSet. */
export interface DaemonSet extends KubeObject {
  spec: {
    minReadySeconds?: number
    revisionHistoryLimit?: number
    selector: LabelSelector
    template: PodTemplate
    updateStrategy?: { type?: string; rollingUpdate?: { maxSurge?: number | string; maxUnavailable?: number | string } }
  }
  status?: Record<string, unknown>
}

/** A Job. */
export interface Job extends KubeObject {
  spec: {
    parallelism?: number
    completions?: number
    backoffLimit?: number
    activeDeadlineSeconds?: number
    ttlSecondsAfterFinished?: number
    suspend?: boolean
    completionMode?: 'NonIndexed' | 'Indexed'
    selector?: LabelSelector
    template: PodTemplate
  }
  status?: {
    active?: number
    ready?: number
    succeeded?: number
    failed?: number
    terminating?: number
    startTime?: string
    completionTime?: string
    completedIndexes?: string
    uncountedTerminatedPods?: Record<string, string[]>
    conditions?: Condition[]
  }
}

/** A CronJob. */
export interface CronJob extends KubeObject {
  spec: {
    schedule: string
    timeZone?: string
    suspend?: boolean
    concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace'
    startingDeadlineSeconds?: number
    successfulJobsHistoryLimit?: number
    failedJobsHistoryLimit?: number
    jobTemplate: { metadata?: ObjectMeta; spec: Job['spec'] }
  }
  status?: { active?: Record<string, unknown>[]; lastScheduleTime?: string; lastSuccessfulTime?: string }
}

/** A Node. */
export interface Node extends KubeObject {
  spec?: { unschedulable?: boolean; taints?: { key: string; value?: string; effect: string }[]; podCIDR?: string }
  status?: {
    allocatable?: Record<string, string>
    addresses?: { type: string; address: string }[]
    conditions?: Condition[]
  }
}

/** A Service. */
export interface Service extends KubeObject {
  spec: {
    type?: string
    selector?: Record<string, string>
    clusterIP?: string
    ports?: ServicePort[]
    externalName?: string
    publishNotReadyAddresses?: boolean
    loadBalancerClass?: string
  }
  status?: { loadBalancer?: { ingress?: { ip?: string; ipMode?: string }[] } }
}

/** A port of a Service. */
export interface ServicePort {
  name?: string
  protocol?: string
  port: number
  targetPort?: number | string
  nodePort?: number
  appProtocol?: string
}
