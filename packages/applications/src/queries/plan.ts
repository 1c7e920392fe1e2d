import type { SyncRequest } from '@driftless/contract'
import type { Plan } from '@driftless/model'
import { describePlan, planSync } from '@driftless/sync'
import { syncOperationOf } from '../commands/request-operation.ts'
import type { Context } from '../context.ts'
import { planRequest, syncOptionsOf } from '../plan-request.ts'
import type { ApplicationRecord } from '../ports/application-store.ts'
import { takeSnapshot } from '../snapshot.ts'

/** What a sync with these options would do now; changes nothing. */
export async function readPlan(app: ApplicationRecord, request: SyncRequest, context: Context): Promise<Plan> {
  const operation = syncOperationOf(app, request, '')
  const { revision, revisions } = operation.sync ?? {}
  const snapshot = await takeSnapshot(app, app.spec, {
    context,
    ...(revisions !== undefined ? { revisions } : revision !== undefined ? { revisions: [revision] } : {}),
  })
  const options = syncOptionsOf(operation)
  const plan = planSync(
    await planRequest(snapshot, app.spec, { options, startedAt: context.clock.now().toISOString() }),
  )
  return { ...describePlan(plan, options), revisions: [...snapshot.revisions] }
}
