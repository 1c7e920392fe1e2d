import { change } from '@driftless/model'
import { z } from 'zod'
import { queryInteger } from '../query.ts'
import { route, sessionAccess } from '../route.ts'

export const changeRoutes = {
  watchChanges: route({
    method: 'GET',
    path: '/api/v1/stream/changes',
    summary:
      'One live stream for everything a browser shows: which objects changed, in order, from a version on. A reset message says that versions were skipped and lists must be read again.',
    tag: 'Changes',
    access: sessionAccess,
    delivery: 'stream',
    query: z.object({
      from: queryInteger.optional(),
    }),
    response: z.discriminatedUnion('event', [
      z.object({ event: z.literal('hello'), version: z.number().int() }),
      z.object({ event: z.literal('change'), change }),
      z.object({ event: z.literal('reset'), version: z.number().int() }),
    ]),
  }),
}
