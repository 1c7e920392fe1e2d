import { conditionOf, conditionsOf, isBehind } from '../condition.ts'
import { byCondition } from '../condition-rule.ts'
import { isObject, listAt, numberAt, textAt, valueAt } from '../fields.ts'
import { type HealthCheck, health } from '../health.ts'

/** kafka.strimzi.io/Kafka and its siblings. */
export const strimzi: HealthCheck = (object) => {
  const conditions = conditionsOf(object)
  const notReady = conditionOf(conditions, 'NotReady')
  if (notReady?.status === 'True' && notReady.reason !== 'Creating') return health('Degraded', notReady.message)
  const ready = conditionOf(conditions, 'Ready')
  return ready?.status === 'True'
    ? health('Healthy', ready.message)
    : health('Progressing', notReady?.message || 'Waiting for condition Ready')
}

/** monitoring.coreos.com/Prometheus. */
export const prometheus: HealthCheck = (object) => {
  const available = conditionOf(conditionsOf(object), 'Available')
  if (available === undefined) return health('Progressing', 'Waiting for condition Available')
  if (available.status === 'True') return health('Healthy', available.message)
  return health(
    available.reason === 'SomePodsNotReady' ? 'Progressing' : 'Degraded',
    available.message || available.reason,
  )
}

/** karpenter.sh/NodeClaim. */
export const nodeClaim: HealthCheck = (object) => {
  if (isBehind(object)) return health('Progressing', 'Waiting for the spec update to be observed')
  const conditions = conditionsOf(object)
  const disrupting = conditionOf(conditions, 'Disrupting')
  if (disrupting?.status === 'True') return health('Suspended', disrupting.message)
  const furthest = ['Initialized', 'Registered', 'Launched'].find(
    (type) => conditionOf(conditions, type)?.status === 'True',
  )
  const ready = byCondition('Ready')(object)
  return ready?.status === 'Progressing' && furthest !== undefined ? health('Progressing', furthest) : ready
}

/** cluster.x-k8s.io/Cluster. */
export const capiCluster: HealthCheck = (object) => {
  if (valueAt(object, 'spec', 'paused') === true) return health('Suspended', 'Cluster is paused')
  const ready = conditionOf(conditionsOf(object), 'Ready')
  if (ready?.status === 'False' && ready.severity !== 'Info') return health('Degraded', ready.message)
  return byPhase(textAt(object, 'status', 'phase'), 'Provisioned')
}

/** cluster.x-k8s.io/MachineDeployment. */
export const machineDeployment: HealthCheck = (object) => {
  if (valueAt(object, 'spec', 'paused') === true) return health('Suspended', 'MachineDeployment is paused')
  return byPhase(textAt(object, 'status', 'phase'), 'Running')
}

function byPhase(phase: string, good: string) {
  if (phase === good) return health('Healthy', `phase ${phase}`)
  return health(
    phase === 'Failed' ? 'Degraded' : 'Progressing',
    phase === '' ? 'Waiting for a phase' : `phase ${phase}`,
  )
}

/** apps.kruise.io/CloneSet. */
export const cloneSet: HealthCheck = (object) => {
  if (valueAt(object, 'status', 'observedGeneration') === undefined)
    return health('Progressing', 'Waiting for the status to be observed')
  const updated = valueAt(object, 'status', 'updatedAvailableReplicas')
  if (valueAt(object, 'spec', 'updateStrategy', 'paused') === true || updated === undefined)
    return health('Suspended', 'CloneSet is paused')
  const replicas = numberAt(object, 'status', 'replicas')
  const partition = numberAt(object, 'spec', 'updateStrategy', 'partition')
  if (partition !== 0 && numberAt(object, 'status', 'updatedReplicas') >= replicas - partition)
    return health('Suspended', 'CloneSet needs a manual step: its partition is reached')
  return numberAt(object, 'status', 'updatedAvailableReplicas') === replicas
    ? health('Healthy', 'All replicas are updated')
    : health('Degraded', 'Some replicas are not available')
}

/** kubevirt.io/VirtualMachine. */
export const virtualMachine: HealthCheck = (object) => {
  const message = textAt(object, 'status', 'printableStatus')
  const conditions = conditionsOf(object)
  if (conditionOf(conditions, 'Paused')?.status === 'True') return health('Suspended', message)
  if (conditionOf(conditions, 'Ready')?.status === 'True') return health('Healthy', message)
  return health(valueAt(object, 'status', 'created') === true ? 'Progressing' : 'Suspended', message)
}

/** route.openshift.io/Route. */
export const openshiftRoute: HealthCheck = (object) => {
  const admitted = listAt(object, 'status', 'ingress').map((entry) =>
    listAt(entry, 'conditions').find((condition) => textAt(condition, 'type') === 'Admitted'),
  )
  const refused = admitted.find((condition) => textAt(condition, 'status') === 'False')
  if (refused !== undefined) return health('Degraded', textAt(refused, 'message'))
  const all = admitted.length > 0 && admitted.every((condition) => textAt(condition, 'status') === 'True')
  return all ? health('Healthy', 'Route is healthy') : health('Progressing', 'Waiting for the route to be admitted')
}

/** apps.openshift.io/DeploymentConfig. */
export const deploymentConfig: HealthCheck = (object) => {
  const conditions = conditionsOf(object)
  if (conditions.length === 0) return health('Progressing', 'Waiting for status')
  const available = conditionOf(conditions, 'Available')?.status === 'True'
  const progressing = conditionOf(conditions, 'Progressing')
  const rolledOut = progressing?.status === 'True' && progressing.reason === 'NewReplicationControllerAvailable'
  if (valueAt(object, 'spec', 'replicas') === 0 || (available && rolledOut))
    return health('Healthy', 'The newest version is rolled out')
  return available || rolledOut
    ? health('Progressing', progressing?.message ?? '')
    : health('Degraded', progressing?.message || 'The deployment failed')
}

const postgresPhases: Readonly<Record<string, 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended'>> = {
  'Cluster in healthy state': 'Healthy',
  'Setting up primary': 'Progressing',
  'Creating a new replica': 'Progressing',
  'Upgrading cluster': 'Progressing',
  'Upgrading Postgres major version': 'Progressing',
  'Waiting for the instances to become active': 'Progressing',
  'Promoting to primary cluster': 'Progressing',
  'Online upgrade in progress': 'Progressing',
  'Applying configuration': 'Progressing',
  'Switchover in progress': 'Degraded',
  'Failing over': 'Degraded',
  'Upgrade delayed': 'Degraded',
  'Waiting for user action': 'Degraded',
  'Primary instance is being restarted in-place': 'Degraded',
  'Primary instance is being restarted without a switchover': 'Degraded',
  'Cluster cannot execute instance online upgrade due to missing architecture binary': 'Degraded',
  'Cluster is unrecoverable and needs manual intervention': 'Suspended',
  'Cluster cannot proceed to reconciliation due to an unknown plugin being required': 'Suspended',
  'Cluster has incomplete or invalid image catalog': 'Suspended',
}

/** postgresql.cnpg.io/Cluster. */
export const postgresCluster: HealthCheck = (object) => {
  if (object.metadata.annotations?.['cnpg.io/reconciliationLoop'] === 'disabled')
    return health('Suspended', 'Cluster reconciliation is suspended')
  const hibernation = conditionOf(conditionsOf(object), 'cnpg.io/hibernation')
  if (hibernation !== undefined)
    return health(hibernation.status === 'True' ? 'Suspended' : 'Degraded', hibernation.message)
  if (!isObject(object.status)) return health('Progressing', 'Waiting for status')
  const phase = textAt(object, 'status', 'phase')
  return health(
    Object.hasOwn(postgresPhases, phase) ? (postgresPhases[phase] ?? 'Unknown') : 'Unknown',
    textAt(object, 'status', 'phaseReason'),
  )
}
