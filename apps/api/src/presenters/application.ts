import type { ApplicationRecord, ObservedState, OperationRow } from '@driftless/applications'
import {
  type Application,
  type ApplicationStatus,
  isCompleted,
  type OperationState,
  type SyncStatus,
} from '@driftless/model'

/** An application as clients see it, in the shape of Argo CD's API (spec: objects §1). */
export function presentApplication(record: ApplicationRecord, controllerNamespace: string): Application {
  const { operation } = record
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: presentMetadata(record),
    spec: record.spec,
    status: presentStatus(record, controllerNamespace),
    ...(operation !== undefined && !isCompleted(operation.phase) ? { operation: operation.operation } : {}),
  }
}

/** `status.operationState` of an attempt. */
export function presentOperation(operation: OperationRow): OperationState {
  return {
    operation: operation.operation,
    phase: operation.phase,
    ...(operation.message === '' ? {} : { message: operation.message }),
    syncResult: {
      ...operation.syncResult,
      ...(operation.results.length === 0 ? {} : { resources: [...operation.results] }),
    },
    startedAt: seconds(operation.startedAt),
    ...(operation.finishedAt === undefined ? {} : { finishedAt: seconds(operation.finishedAt) }),
    ...(operation.retryCount === 0 ? {} : { retryCount: operation.retryCount }),
  }
}

/** An instant as Kubernetes writes it: whole seconds. */
export function seconds(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z')
}

function presentMetadata(record: ApplicationRecord): Application['metadata'] {
  const annotations = {
    ...record.annotations,
    ...(record.refresh === undefined ? {} : { 'argocd.argoproj.io/refresh': record.refresh.type }),
  }
  return {
    name: record.name,
    namespace: record.namespace,
    uid: record.uid,
    resourceVersion: String(record.version),
    generation: record.generation,
    creationTimestamp: seconds(record.createdAt),
    ...(record.deletedAt === undefined ? {} : { deletionTimestamp: seconds(record.deletedAt) }),
    ...(isEmpty(record.labels) ? {} : { labels: { ...record.labels } }),
    ...(isEmpty(annotations) ? {} : { annotations }),
    ...(record.finalizers.length === 0 ? {} : { finalizers: [...record.finalizers] }),
  }
}

function presentStatus(record: ApplicationRecord, controllerNamespace: string): ApplicationStatus {
  const { state, operation, history } = record
  return {
    ...(state === undefined
      ? { sync: { status: 'Unknown' }, health: { status: 'Unknown' } }
      : presentState(state, isMultiSource(record))),
    ...(history.length === 0
      ? {}
      : {
          history: history.map((entry) => ({
            ...entry,
            deployedAt: seconds(entry.deployedAt),
            ...started(entry.deployStartedAt),
          })),
        }),
    ...(operation === undefined ? {} : { operationState: presentOperation(operation) }),
    controllerNamespace,
  }
}

function presentState(state: ObservedState, multiSource: boolean): ApplicationStatus {
  return {
    sync: presentSync(state, multiSource),
    health: {
      status: state.health,
      ...(state.healthMessage === undefined ? {} : { message: state.healthMessage }),
      lastTransitionTime: seconds(state.healthSince),
    },
    ...(state.resources.length === 0 ? {} : { resources: [...state.resources] }),
    ...(state.conditions.length === 0
      ? {}
      : {
          conditions: state.conditions.map((condition) => ({
            ...condition,
            ...(condition.lastTransitionTime === undefined
              ? {}
              : { lastTransitionTime: seconds(condition.lastTransitionTime) }),
          })),
        }),
    reconciledAt: seconds(state.reconciledAt),
    ...(state.observedAt === undefined ? {} : { observedAt: seconds(state.observedAt) }),
    ...(multiSource ? { sourceTypes: [...state.sourceTypes] } : { sourceType: state.sourceTypes[0] }),
    summary: {
      ...(state.externalUrls.length === 0 ? {} : { externalURLs: [...state.externalUrls] }),
      ...(state.images.length === 0 ? {} : { images: [...state.images] }),
    },
  }
}

function presentSync(state: ObservedState, multiSource: boolean): SyncStatus {
  return {
    status: state.sync,
    ...(multiSource ? { revisions: [...state.revisions] } : { revision: state.revisions[0] }),
    ...(state.comparedTo === undefined ? {} : { comparedTo: state.comparedTo }),
  }
}

function isMultiSource(record: ApplicationRecord): boolean {
  return (record.spec.sources ?? []).length > 0
}

function started(time: string | undefined): { deployStartedAt?: string } {
  return time === undefined ? {} : { deployStartedAt: seconds(time) }
}

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0
}
