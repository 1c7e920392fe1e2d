import { applyDefaults, type GroupVersionKind, type KubeObject } from '@driftless/kube-objects'
import type { KindStrategy } from '@driftless/kube-server'
import { cronJob, job } from './batch.ts'
import { configMap, secret } from './configuration.ts'
import { initialStatus } from './initial-status.ts'
import { endpointSlice, endpoints, ingress, ingressClass, networkPolicy } from './network.ts'
import { node } from './node.ts'
import { persistentVolume, persistentVolumeClaim, storageClass } from './persistent-volume.ts'
import { pod } from './pod.ts'
import {
  autoscaler,
  limitRange,
  podDisruptionBudget,
  priorityClass,
  resourceQuota,
  webhookConfiguration,
} from './policies.ts'
import { clusterRole, clusterRoleBinding, role, roleBinding } from './rbac.ts'
import { service } from './service.ts'
import {
  controllerRevision,
  daemonSet,
  deployment,
  podTemplate,
  replicaSet,
  replicationController,
  statefulSet,
} from './workloads.ts'

const plain: KindStrategy = { hasGeneration: false }
const generated: KindStrategy = {}
const withStatus = (status: () => unknown, base: KindStrategy = generated): KindStrategy => ({
  ...base,
  prepareForCreate: initialStatus(() => status()),
})

/** The rules of each built-in kind; kinds that are absent here have a generation and no rules of their own. */
const strategies: Readonly<Record<string, KindStrategy>> = {
  '/ConfigMap': configMap,
  '/Endpoints': endpoints,
  '/Event': plain,
  '/LimitRange': limitRange,
  '/Namespace': plain,
  '/Node': node,
  '/PersistentVolume': persistentVolume,
  '/PersistentVolumeClaim': persistentVolumeClaim,
  '/Pod': pod,
  '/PodTemplate': { ...podTemplate, returnsDeletedObject: true },
  '/ReplicationController': replicationController,
  '/ResourceQuota': resourceQuota,
  '/Secret': secret,
  '/Service': service,
  '/ServiceAccount': { ...plain, returnsDeletedObject: true },
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhookConfiguration,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': withStatus(() => ({})),
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhookConfiguration,
  'apiregistration.k8s.io/APIService': withStatus(() => ({}), { ...plain, nameRule: 'path' }),
  'apps/ControllerRevision': controllerRevision,
  'apps/DaemonSet': daemonSet,
  'apps/Deployment': withStatus(() => ({}), deployment),
  'apps/ReplicaSet': replicaSet,
  'apps/StatefulSet': statefulSet,
  'autoscaling/HorizontalPodAutoscaler': autoscaler,
  'batch/CronJob': cronJob,
  'batch/Job': job,
  'certificates.k8s.io/CertificateSigningRequest': withStatus(() => ({}), plain),
  'coordination.k8s.io/Lease': { ...plain, createsOnUpdate: true },
  'discovery.k8s.io/EndpointSlice': endpointSlice,
  'events.k8s.io/Event': plain,
  'flowcontrol.apiserver.k8s.io/FlowSchema': withStatus(() => ({})),
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration': withStatus(() => ({})),
  'networking.k8s.io/IPAddress': { ...plain, nameRule: 'path' },
  'networking.k8s.io/Ingress': ingress,
  'networking.k8s.io/IngressClass': ingressClass,
  'networking.k8s.io/NetworkPolicy': networkPolicy,
  'networking.k8s.io/ServiceCIDR': withStatus(() => ({}), plain),
  'node.k8s.io/RuntimeClass': plain,
  'policy/PodDisruptionBudget': podDisruptionBudget,
  'rbac.authorization.k8s.io/ClusterRole': clusterRole,
  'rbac.authorization.k8s.io/ClusterRoleBinding': clusterRoleBinding,
  'rbac.authorization.k8s.io/Role': role,
  'rbac.authorization.k8s.io/RoleBinding': roleBinding,
  'resource.k8s.io/ResourceClaim': withStatus(() => ({}), plain),
  'resource.k8s.io/ResourceClaimTemplate': plain,
  'scheduling.k8s.io/PriorityClass': priorityClass,
  'storage.k8s.io/CSINode': plain,
  'storage.k8s.io/CSIStorageCapacity': plain,
  'storage.k8s.io/StorageClass': storageClass,
  'storage.k8s.io/VolumeAttachment': withStatus(() => ({ attached: false }), plain),
  'storage.k8s.io/VolumeAttributesClass': plain,
}

/** The rules of a built-in kind, the API server's defaults included. */
export function strategyOf(gvk: GroupVersionKind): KindStrategy {
  const own = strategies[`${gvk.group}/${gvk.kind}`] ?? generated
  const before = own.defaults
  return { ...own, defaults: (object: KubeObject) => applyDefaults(before?.(object) ?? object) }
}
