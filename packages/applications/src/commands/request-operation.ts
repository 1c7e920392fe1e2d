import type { SyncRequest } from '@driftless/contract'
import { isAutomated, isCompleted, type Operation, sourcesOf } from '@driftless/model'
import type { Context } from '../context.ts'
import { ApplicationErrors } from '../errors.ts'
import type { Loop } from '../loop.ts'
import type { ApplicationRecord, ApplicationRef } from '../ports/application-store.ts'

export interface OperationPorts {
  readonly context: Context
  readonly loop: Loop
  readonly actor: string
}

/** Starts a sync (spec: api §3 and §8). */
export async function requestSync(
  ref: ApplicationRef,
  request: SyncRequest,
  { context, loop, actor }: OperationPorts,
): Promise<ApplicationRecord> {
  const app = await operable(ref, context)
  refuseOtherRevision(app, request)
  const stored = await context.store.startOperation(ref, 'sync', syncOperationOf(app, request, actor))
  loop.operate(ref)
  return stored
}

/** The operation that a sync request asks for. */
export function syncOperationOf(app: ApplicationRecord, request: SyncRequest, actor: string): Operation {
  const options = request.syncOptions?.items ?? app.spec.syncPolicy?.syncOptions ?? []
  const retry = request.retryStrategy ?? app.spec.syncPolicy?.retry ?? undefined
  const revisions = positionedRevisions(app, request)
  return {
    sync: {
      ...(request.revision ? { revision: request.revision } : {}),
      ...(revisions === undefined ? {} : { revisions }),
      prune: request.prune === true,
      dryRun: request.dryRun === true,
      ...(request.strategy ? { syncStrategy: request.strategy } : {}),
      ...(request.resources?.length ? { resources: request.resources } : {}),
      syncOptions: options,
    },
    initiatedBy: { username: actor },
    ...(request.infos?.length ? { info: request.infos } : {}),
    ...(retry === undefined ? {} : { retry }),
  }
}

/** Deploys a recorded deployment again: its sources at its commits, without hooks and without retries (spec: sync §9). */
export async function requestRollback(
  ref: ApplicationRef,
  request: { id: number; prune: boolean; dryRun: boolean },
  { context, loop, actor }: OperationPorts,
): Promise<ApplicationRecord> {
  const app = await operable(ref, context)
  if (isAutomated(app.spec)) throw ApplicationErrors.ROLLBACK_AUTOMATED({})
  const deployment = app.history.find(({ id }) => id === request.id)
  if (deployment === undefined) throw ApplicationErrors.NO_DEPLOYMENT({ name: ref.name, id: request.id })
  const { revision, revisions, source, sources } = deployment
  const operation: Operation = {
    sync: {
      ...(revision === undefined ? {} : { revision }),
      ...(revisions === undefined ? {} : { revisions }),
      ...(source === undefined ? {} : { source }),
      ...(sources === undefined ? {} : { sources }),
      prune: request.prune,
      dryRun: request.dryRun,
      syncStrategy: { apply: {} },
      syncOptions: app.spec.syncPolicy?.syncOptions ?? [],
    },
    initiatedBy: { username: actor },
  }
  const stored = await context.store.startOperation(ref, 'rollback', operation)
  loop.operate(ref)
  return stored
}

/** Ends the running operation. */
export async function terminateOperation(
  ref: ApplicationRef,
  { context, loop }: Pick<OperationPorts, 'context' | 'loop'>,
): Promise<void> {
  await context.store.terminateOperation(ref)
  loop.terminate(ref)
}

async function operable(ref: ApplicationRef, context: Context): Promise<ApplicationRecord> {
  const app = await context.store.get(ref)
  if (app === undefined) throw ApplicationErrors.NOT_FOUND({ name: ref.name })
  if (app.deletedAt !== undefined) throw ApplicationErrors.DELETING({})
  if (app.operation !== undefined && !isCompleted(app.operation.phase)) throw ApplicationErrors.OPERATION_RUNNING({})
  return app
}

function refuseOtherRevision(app: ApplicationRecord, request: SyncRequest): void {
  if (!isAutomated(app.spec) || request.dryRun === true || !request.revision) return
  const target = sourcesOf(app.spec)[0]?.targetRevision || 'HEAD'
  if (request.revision !== target) throw ApplicationErrors.REVISION_AUTOMATED({ revision: request.revision, target })
}

/** Revisions by source; `sourcePositions` are 1-based and name which sources they are for (spec: objects §1.2). */
function positionedRevisions(app: ApplicationRecord, request: SyncRequest): string[] | undefined {
  if (!request.revisions?.length) return undefined
  const sources = sourcesOf(app.spec)
  const positions = request.sourcePositions ?? request.revisions.map((_, index) => index + 1)
  return sources.map((source, index) => {
    const at = positions.indexOf(index + 1)
    return request.revisions?.[at] ?? source.targetRevision ?? 'HEAD'
  })
}
