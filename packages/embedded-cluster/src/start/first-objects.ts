import type { KubeObject } from '@driftless/kube-objects'
import { keyOf } from '@driftless/kube-objects'
import { type KubeApi, KubeStatusError } from '@driftless/kube-server'
import { clusterRoles } from './cluster-roles.ts'

/** What a cluster starts with besides its namespaces and roles. */
export interface FirstObjectsOptions {
  readonly nodes: number
  readonly kubeletVersion: string
  /** Whether there is a storage class, which only the volume controller gives a meaning. */
  readonly storage: boolean
}

/** Creates what a cluster has from the first moment on, as far as it is not there; what users changed stays. */
export function createFirstObjects(api: KubeApi, options: FirstObjectsOptions): void {
  const objects = [
    ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map(namespace),
    ...Array.from({ length: options.nodes }, (_, index) => node(index, options.kubeletVersion)),
    ...(options.storage ? [standardClass] : []),
    ...priorityClasses,
    ...clusterRoles(),
    kubernetesService,
  ]
  for (const object of objects) createOnce(api, object)
}

function createOnce(api: KubeApi, object: KubeObject): void {
  if (api.get(keyOf(object)) !== undefined) return
  const { status, ...desired } = object
  try {
    const created = api.create(desired as KubeObject, { manager: 'kube-apiserver' })
    if (status !== undefined) makeReady(api, { ...created, status })
  } catch (error) {
    if (!(error instanceof KubeStatusError && error.status.reason === 'AlreadyExists')) throw error
  }
}

/** A node is created with a taint against pods that its readiness takes away. */
function makeReady(api: KubeApi, node: KubeObject): void {
  const reported = api.updateStatus(node, { manager: 'kubelet' })
  const { taints: _taints, ...spec } = reported.spec as { taints?: unknown }
  api.update({ ...reported, spec }, { manager: 'kube-controller-manager' })
}

function namespace(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
}

/** The first node is the control plane of a small cluster: it takes pods too. */
function node(index: number, version: string): KubeObject {
  const name = `node-${index + 1}`
  const address = `172.18.0.${index + 2}`
  const since = '2024-01-01T00:00:00Z'
  const resources = { cpu: '16', memory: '64Gi', pods: '500', 'ephemeral-storage': '500Gi' }
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: since,
    lastTransitionTime: since,
  })
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'beta.kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': 'loopback',
        'topology.kubernetes.io/zone': `loopback-${'abc'[index % 3]}`,
        'node.kubernetes.io/instance-type': 'simulated',
        ...(index === 0 ? { 'node-role.kubernetes.io/control-plane': '' } : {}),
      },
    },
    spec: {
      podCIDR: `10.${244 + index}.0.0/16`,
      podCIDRs: [`10.${244 + index}.0.0/16`],
      providerID: `driftless://${name}`,
    },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
      ],
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
      nodeInfo: {
        machineID: '',
        systemUUID: '',
        bootID: '',
        kernelVersion: '6.1.0',
        osImage: 'Driftless simulated node',
        containerRuntimeVersion: 'containerd://2.1.0',
        kubeletVersion: version,
        kubeProxyVersion: '',
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
    },
  }
}

const standardClass: KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'driftless.dev/simulated',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
  allowVolumeExpansion: true,
}

const priorityClasses: KubeObject[] = [
  { name: 'system-cluster-critical', value: 2_000_000_000, what: 'cluster' },
  { name: 'system-node-critical', value: 2_000_001_000, what: 'node' },
].map(({ name, value, what }) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  description: `Used for system critical pods that must run in the cluster${what === 'cluster' ? ', but can be moved to another node if necessary' : ' and must not be moved from their current node'}.`,
}))

const kubernetesService: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
  spec: {
    clusterIP: '10.96.0.1',
    type: 'ClusterIP',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
  },
}
