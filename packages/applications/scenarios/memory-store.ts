import { randomUUID } from 'node:crypto'
import { isCompleted } from '@driftless/model'
import { ApplicationErrors } from '../src/errors.ts'
import type {
  ApplicationRecord,
  ApplicationRef,
  ApplicationStore,
  OperationRow,
} from '../src/ports/application-store.ts'

/** An application store for scenarios: the rules of the port, kept in a map. */
export function createMemoryStore(): ApplicationStore & { writes: number } {
  const apps = new Map<string, ApplicationRecord>()
  const attempts = new Map<string, OperationRow[]>()
  let version = 0
  const keyOf = (ref: ApplicationRef) => `${ref.namespace}/${ref.name}`
  const need = (ref: ApplicationRef): ApplicationRecord => {
    const app = apps.get(keyOf(ref))
    if (app === undefined) throw ApplicationErrors.NOT_FOUND({ name: ref.name })
    return app
  }
  const put = (app: ApplicationRecord): ApplicationRecord => {
    store.writes += 1
    version += 1
    const stored = structuredClone({ ...app, version })
    apps.set(keyOf(app), stored)
    return stored
  }
  const change = (ref: ApplicationRef, part: Partial<ApplicationRecord>) => put({ ...need(ref), ...part })
  const changeOperation = (ref: ApplicationRef, id: string, part: Partial<OperationRow>) => {
    const app = need(ref)
    if (app.operation?.id !== id) return app
    const operation = { ...app.operation, ...part }
    const rows = attempts.get(keyOf(ref)) ?? []
    attempts.set(keyOf(ref), [operation, ...rows.filter((row) => row.id !== id)])
    return put({ ...app, operation })
  }

  const store: ApplicationStore & { writes: number } = {
    writes: 0,
    get: async (ref) => structuredClone(apps.get(keyOf(ref))),
    list: async () => structuredClone([...apps.values()]),
    async create({ namespace, name, metadata, spec }) {
      if (apps.has(`${namespace}/${name}`)) throw ApplicationErrors.EXISTS({ name })
      return put({
        namespace,
        name,
        uid: randomUUID(),
        version: 0,
        generation: 1,
        createdAt: new Date().toISOString(),
        deletedAt: undefined,
        labels: metadata.labels ?? {},
        annotations: metadata.annotations ?? {},
        finalizers: metadata.finalizers ?? [],
        spec,
        refresh: undefined,
        state: undefined,
        operation: undefined,
        history: [],
      })
    },
    async update(ref, { expectedVersion, ...part }) {
      if (expectedVersion !== undefined && need(ref).version !== expectedVersion)
        throw ApplicationErrors.CONFLICT({ name: ref.name })
      return change(ref, part)
    },
    markDeleted: async (ref, finalizers) => change(ref, { deletedAt: new Date().toISOString(), finalizers }),
    async remove(ref) {
      apps.delete(keyOf(ref))
    },
    requestRefresh: async (ref, type) => change(ref, { refresh: { type, requestedAt: new Date().toISOString() } }),
    async recordState(ref, state, clearRefreshUntil) {
      const { refresh } = need(ref)
      const answered =
        refresh !== undefined && clearRefreshUntil !== undefined && refresh.requestedAt <= clearRefreshUntil
      change(ref, { state, refresh: answered ? undefined : refresh })
    },
    async startOperation(ref, kind, operation) {
      const { operation: current } = need(ref)
      if (current !== undefined && !isCompleted(current.phase)) throw ApplicationErrors.OPERATION_RUNNING({})
      const row: OperationRow = {
        id: randomUUID(),
        kind,
        operation,
        phase: 'Running',
        message: '',
        startedAt: new Date().toISOString(),
        finishedAt: undefined,
        retryCount: 0,
        retryAt: undefined,
        syncResult: undefined,
        results: [],
        deploymentId: undefined,
      }
      attempts.set(keyOf(ref), [row, ...(attempts.get(keyOf(ref)) ?? [])])
      return change(ref, { operation: row })
    },
    async recordProgress(ref, id, { results, ...progress }) {
      changeOperation(ref, id, { ...progress, ...(results === undefined ? {} : { results }) })
    },
    async completeOperation(ref, id, { deployment, historyLimit, results, ...outcome }) {
      const { history } = need(ref)
      const deploymentId = deployment === undefined ? undefined : (history.at(-1)?.id ?? -1) + 1
      changeOperation(ref, id, { ...outcome, deploymentId, ...(results === undefined ? {} : { results }) })
      if (deployment === undefined || deploymentId === undefined) return
      change(ref, { history: [...history, { ...deployment, id: deploymentId }].slice(-(historyLimit ?? 10)) })
    },
    async terminateOperation(ref) {
      const { operation } = need(ref)
      if (operation === undefined || isCompleted(operation.phase)) throw ApplicationErrors.NO_OPERATION({})
      changeOperation(ref, operation.id, { phase: 'Terminating' })
    },
    unfinishedOperations: async () =>
      [...apps.values()].filter(({ operation }) => operation !== undefined && !isCompleted(operation.phase)),
    operations: async (ref, limit) => (attempts.get(keyOf(ref)) ?? []).slice(0, limit),
  }
  return store
}
