import type { HandlersOf } from '../handler.ts'
import type { ApplicationParts } from './parts.ts'

type OperateRoutes = 'syncApplication' | 'planApplication' | 'rollbackApplication' | 'terminateOperation'

/** Routes that start and stop operations. */
export function operateHandlers({ applications, finder, present }: ApplicationParts): HandlersOf<OperateRoutes> {
  return {
    async syncApplication({ params, body }, context) {
      const record = await finder.find(context, params.name, body)
      return present(await applications.sync(record, body, { actor: context.requireCaller().username }))
    },
    async planApplication({ params, body }, context) {
      const record = await finder.find(context, params.name, body)
      return applications.plan(record, body)
    },
    async rollbackApplication({ params, body }, context) {
      const record = await finder.find(context, params.name, body)
      const request = { id: body.id, prune: body.prune === true, dryRun: body.dryRun === true }
      return present(await applications.rollback(record, request, { actor: context.requireCaller().username }))
    },
    async terminateOperation({ params, query }, context) {
      const record = await finder.find(context, params.name, query)
      await applications.terminate(record, { actor: context.requireCaller().username })
      return {}
    },
  }
}
