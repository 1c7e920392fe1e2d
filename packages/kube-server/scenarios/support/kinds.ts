import {
  applyDefaults,
  type BuiltInResource,
  builtInResources,
  builtInSchema,
  type KubeObject,
} from '@driftless/kube-objects'
import { ageSince, type KindStrategy, type ServedKind } from '../../src/index.ts'

const nameColumn = { name: 'Name', type: 'string', format: 'name', cell: (object: KubeObject) => object.metadata.name }
const ageColumn = {
  name: 'Age',
  type: 'string',
  cell: (object: KubeObject, now: Date) => ageSince(object.metadata.creationTimestamp, now),
}

const strategies: Readonly<Record<string, KindStrategy>> = {
  ConfigMap: { hasGeneration: false },
  Secret: { hasGeneration: false },
  Event: { hasGeneration: false },
  ServiceAccount: { hasGeneration: false, returnsDeletedObject: true },
  Pod: {
    returnsDeletedObject: true,
    gracePeriodSeconds: (_, requested) => requested ?? 30,
    prepareForCreate(object) {
      object.status = { phase: 'Pending' }
    },
  },
  Deployment: {
    prepareForCreate(object) {
      object.status = {}
    },
  },
}

const subresources: Readonly<Record<string, ServedKind['subresources']>> = {
  Namespace: { status: true, finalize: true },
  CustomResourceDefinition: { status: true },
  Pod: { status: true, log: true, eviction: true, binding: true },
  Deployment: {
    status: true,
    scale: {
      specReplicasPath: '.spec.replicas',
      statusReplicasPath: '.status.replicas',
      labelSelectorPath: '.spec.selector',
    },
  },
  ReplicaSet: { status: true },
}

const selectable: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec.nodeName', 'status.phase'],
  Event: [
    'involvedObject.apiVersion',
    'involvedObject.kind',
    'involvedObject.name',
    'involvedObject.namespace',
    'involvedObject.uid',
    'reason',
    'type',
  ],
}

/** A handful of built-in kinds with no rules of their own. */
export const genericKinds: ServedKind[] = builtInResources
  .filter(({ kind, group }) => Object.hasOwn({ ...strategies, ...subresources }, kind) && group !== 'events.k8s.io')
  .map(servedKind)

function servedKind(resource: BuiltInResource): ServedKind {
  const { group, version, kind } = resource
  const schema = builtInSchema({ group, version, kind })
  return {
    group,
    version,
    kind,
    plural: resource.plural,
    singular: resource.singular,
    shortNames: resource.shortNames ?? [],
    categories: resource.categories ?? [],
    namespaced: resource.namespaced,
    verbs: resource.verbs,
    ...(schema === undefined ? {} : { schema }),
    columns: [nameColumn, ageColumn],
    subresources: subresources[kind] ?? {},
    strategy: { defaults: applyDefaults, ...strategies[kind] },
    selectableFields: selectable[kind] ?? [],
  }
}
