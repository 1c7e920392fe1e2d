import {
  ApplicationErrors,
  type ApplicationRecord,
  type ApplicationRef,
  type ApplicationStore,
} from '@driftless/applications'
import { applyMergePatch } from '@driftless/kube-objects'
import type { ApplicationSpec, ApplicationTree } from '@driftless/model'
import type { ApplicationsPort } from '../ports/applications.ts'

/** The loop's front door for tests of routes: commands go straight to the store, live state is what the test says. */
export interface FakeApplications extends ApplicationsPort {
  tree_: ApplicationTree
  /** Tells watchers that the tree changed. */
  treeChanged(): void
  readonly calls: { name: string; arguments: unknown[] }[]
}

/** Creates the fake over a store. */
export function createFakeApplications(store: ApplicationStore): FakeApplications {
  const listeners = new Set<() => void>()
  const calls: FakeApplications['calls'] = []
  const recordOf = async (ref: ApplicationRef): Promise<ApplicationRecord> => {
    const record = await store.get(ref)
    if (record === undefined) throw ApplicationErrors.NOT_FOUND({ name: ref.name })
    return record
  }
  const fake: FakeApplications = {
    tree_: { nodes: [] },
    treeChanged: () => {
      for (const listener of listeners) listener()
    },
    calls,
    create: ({ metadata, spec }) =>
      store.create({ namespace: metadata.namespace ?? 'argocd', name: metadata.name, metadata, spec }),
    update: (ref, change) => store.update(ref, change),
    async patch(ref, text) {
      const record = await recordOf(ref)
      return store.update(ref, {
        spec: (applyMergePatch({ spec: record.spec }, JSON.parse(text)) as { spec: ApplicationSpec }).spec,
      })
    },
    delete: (ref) => store.remove(ref),
    sync: (ref, request, { actor }) =>
      store.startOperation(ref, 'sync', {
        sync: { revision: request.revision, prune: request.prune },
        initiatedBy: { username: actor },
      }),
    rollback: (ref, _request, { actor }) => store.startOperation(ref, 'rollback', { initiatedBy: { username: actor } }),
    terminate: (ref) => store.terminateOperation(ref),
    refresh: recordOf,
    plan: async () => ({
      waves: [],
      problems: [],
      counts: { create: 0, update: 0, replace: 0, prune: 0, 'prune-skipped': 0, hook: 0, unchanged: 0 },
    }),
    managedResources: async () => [],
    manifests: async () => ({
      manifests: [],
      namespace: '',
      server: '',
      revision: '',
      sourceType: 'Directory',
      commands: [],
    }),
    tree: async () => fake.tree_,
    watchTree(_ref, listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    resource: async (_ref, { kind, name }) => ({ apiVersion: 'v1', kind, metadata: { name } }),
    async deleteResource(...parameters) {
      calls.push({ name: 'deleteResource', arguments: parameters })
    },
    events: async () => [
      { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, reason: 'Started', message: 'started' },
    ],
    async *logs() {
      yield { content: 'one', timeStamp: '2026-01-05T10:00:01.123456789Z', podName: 'web-1' }
      yield { content: 'two', timeStamp: '2026-01-05T10:00:02.000000000Z', podName: 'web-1' }
    },
    revisionMetadata: async () => ({ author: 'Ada', date: '2026-01-05T10:00:00Z', tags: [], message: 'Deploy' }),
    comparedAt: () => undefined,
    clusterContact: () => undefined,
    async clustersChanged() {
      calls.push({ name: 'clustersChanged', arguments: [] })
    },
    invalidateCluster: (server) => void calls.push({ name: 'invalidateCluster', arguments: [server] }),
  }
  return fake
}
