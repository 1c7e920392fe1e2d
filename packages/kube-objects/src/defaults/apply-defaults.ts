import { cloneJson } from '../json/values.ts'
import type { JsonObject, KubeObject } from '../object.ts'
import { gvkOf } from '../object.ts'
import { builtInSchema } from '../schema/builtin.ts'
import { toWireForm } from '../schema/wire-form.ts'
import { autoscalerDefaults, autoscalerV1Defaults } from './autoscaling.ts'
import {
  apiServiceDefaults,
  customResourceDefaults,
  limitRangeDefaults,
  namespaceDefaults,
  nodeDefaults,
  resourceClaimDefaults,
  resourceClaimTemplateDefaults,
  secretDefaults,
} from './core.ts'
import {
  endpointSliceDefaults,
  endpointsDefaults,
  ingressClassDefaults,
  networkPolicyDefaults,
  serviceDefaults,
} from './network.ts'
import { podDefaults } from './pod.ts'
import {
  admissionPolicyBindingDefaults,
  admissionPolicyDefaults,
  bindingDefaults,
  flowSchemaDefaults,
  mutatingWebhookDefaults,
  priorityClassDefaults,
  priorityLevelDefaults,
  validatingWebhookDefaults,
} from './policy.ts'
import {
  claimDefaults,
  csiDriverDefaults,
  storageClassDefaults,
  volumeAttachmentDefaults,
  volumeKindDefaults,
} from './storage.ts'
import {
  cronJobDefaults,
  daemonSetDefaults,
  deploymentDefaults,
  jobDefaults,
  podTemplateKindDefaults,
  replicaSetDefaults,
  replicationControllerDefaults,
  statefulSetDefaults,
} from './workload.ts'

/** The kinds with defaults, by `apiVersion/kind`; each function changes its argument. */
const table: Readonly<Record<string, (object: JsonObject) => void>> = {
  'admissionregistration.k8s.io/v1/MutatingAdmissionPolicy': admissionPolicyDefaults,
  'admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding': admissionPolicyBindingDefaults,
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': mutatingWebhookDefaults,
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy': admissionPolicyDefaults,
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding': admissionPolicyBindingDefaults,
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': validatingWebhookDefaults,
  'apiextensions.k8s.io/v1/CustomResourceDefinition': customResourceDefaults,
  'apiregistration.k8s.io/v1/APIService': apiServiceDefaults,
  'apps/v1/DaemonSet': daemonSetDefaults,
  'apps/v1/Deployment': deploymentDefaults,
  'apps/v1/ReplicaSet': replicaSetDefaults,
  'apps/v1/StatefulSet': statefulSetDefaults,
  'autoscaling/v1/HorizontalPodAutoscaler': autoscalerV1Defaults,
  'autoscaling/v2/HorizontalPodAutoscaler': autoscalerDefaults,
  'batch/v1/CronJob': cronJobDefaults,
  'batch/v1/Job': jobDefaults,
  'discovery.k8s.io/v1/EndpointSlice': endpointSliceDefaults,
  'flowcontrol.apiserver.k8s.io/v1/FlowSchema': flowSchemaDefaults,
  'flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration': priorityLevelDefaults,
  'networking.k8s.io/v1/IngressClass': ingressClassDefaults,
  'networking.k8s.io/v1/NetworkPolicy': networkPolicyDefaults,
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': bindingDefaults,
  'rbac.authorization.k8s.io/v1/RoleBinding': bindingDefaults,
  'resource.k8s.io/v1/ResourceClaim': resourceClaimDefaults,
  'resource.k8s.io/v1/ResourceClaimTemplate': resourceClaimTemplateDefaults,
  'scheduling.k8s.io/v1/PriorityClass': priorityClassDefaults,
  'storage.k8s.io/v1/CSIDriver': csiDriverDefaults,
  'storage.k8s.io/v1/StorageClass': storageClassDefaults,
  'storage.k8s.io/v1/VolumeAttachment': volumeAttachmentDefaults,
  'v1/Endpoints': endpointsDefaults,
  'v1/LimitRange': limitRangeDefaults,
  'v1/Namespace': namespaceDefaults,
  'v1/Node': nodeDefaults,
  'v1/PersistentVolume': volumeKindDefaults,
  'v1/PersistentVolumeClaim': claimDefaults,
  'v1/Pod': podDefaults,
  'v1/PodTemplate': podTemplateKindDefaults,
  'v1/ReplicationController': replicationControllerDefaults,
  'v1/Secret': secretDefaults,
  'v1/Service': serviceDefaults,
}

/**
 * The object as the API server stores it: in the form its own types write, with the defaults of its kind. Values that are only
 * known at request time (names, addresses, ports of nodes) are not filled in. Kinds that are not built in are only copied.
 */
export function applyDefaults(object: KubeObject): KubeObject {
  const schema = builtInSchema(gvkOf(object))
  if (schema === undefined) return cloneJson(object)
  const copy = toWireForm(cloneJson(object), schema) as KubeObject
  copy.metadata ??= {}
  table[`${object.apiVersion}/${object.kind}`]?.(copy)
  return copy
}
