import { ApiError } from '@driftless/contract'
import type { Application } from '@driftless/model'
import type { Io } from '../../../io.ts'
import { keyOf } from '../../../output/resource-rows.ts'
import type { Connection } from '../../../server/connect.ts'
import { type ApplicationName, qualifiedName } from '../application-name.ts'
import { findApplication } from '../find-application.ts'
import type { ResourceSelector } from '../sync/resource-selector.ts'
import { chosenRows, isReached, operationProgress, turnedDegraded, type WaitConditions } from './conditions.ts'
import { WaitErrors } from './errors.ts'
import { createProgress } from './progress.ts'

export interface WaitRequest {
  readonly conditions: WaitConditions
  readonly selectors: readonly ResourceSelector[]
  /** 0 waits for ever. */
  readonly seconds: number
  /** Where rows are printed as states change; nowhere when absent. */
  readonly progress?: Io
}

/** Waits until conditions hold; undefined when the application was deleted. Throws `WAIT_TIMEOUT`, `WAIT_DEGRADED`, `WAIT_GONE`. */
export async function waitFor(
  server: Connection,
  name: ApplicationName,
  request: WaitRequest,
): Promise<Application | undefined> {
  const first = await findApplication(server.client, name)
  if (first === undefined) {
    if (request.conditions.delete) return undefined
    // Asked again, the server says whether it is absent or forbidden.
    await server.client.call('getApplication', name)
  }
  const timeout = request.seconds > 0 ? AbortSignal.timeout(request.seconds * 1000) : new AbortController().signal
  const stop = new AbortController()
  const judge = createJudge(request)
  try {
    const compared = createComparer(server, name)
    for await (const { type, application } of follow(server, name, AbortSignal.any([timeout, stop.signal]))) {
      if (type === 'DELETED') return deleted(application, request)
      const current = request.conditions.operation ? await compared(application) : application
      if (judge(current)) return current
    }
    throw WaitErrors.GONE({ name: name.params.name })
  } catch (error) {
    if (!timeout.aborted) throw error
    throw WaitErrors.TIMEOUT({ name: name.params.name, seconds: request.seconds }, { cause: error })
  } finally {
    stop.abort()
  }
}

function deleted(application: Application, { conditions }: WaitRequest): undefined {
  if (!conditions.delete) throw WaitErrors.GONE({ name: qualifiedName(application) })
  return undefined
}

/** Events of one application, over as many streams as it takes. */
async function* follow(server: Connection, name: ApplicationName, signal: AbortSignal) {
  for (;;) {
    const query = { name: name.params.name, ...name.query }
    try {
      yield* server.client.stream('watchApplications', { query, signal })
    } catch (error) {
      if (signal.aborted || (error instanceof ApiError && error.status < 500)) throw error
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    // What happened between two streams is found by asking: the next one begins with the state of then.
    if ((await findApplication(server.client, name)) === undefined)
      yield { type: 'DELETED' as const, application: absent(name) }
  }
}

function absent({ params }: ApplicationName): Application {
  return { metadata: { name: params.name }, spec: { project: '', destination: {} } }
}

/**
 * Makes sure that what an operation did has been seen: asks for one comparison after its end, because a comparison that finds nothing new
 * leaves no trace in the status.
 */
function createComparer(
  { client }: Connection,
  name: ApplicationName,
): (application: Application) => Promise<Application> {
  let comparedAfter: string | undefined
  return async (application) => {
    const finishedAt = application.status?.operationState?.finishedAt
    if (operationProgress(application) !== 'uncompared' || comparedAfter === finishedAt) return application
    comparedAfter = finishedAt
    return client.call('getApplication', { ...name, query: { ...name.query, refresh: 'normal' } })
  }
}

function createJudge({ conditions, selectors, progress }: WaitRequest): (application: Application) => boolean {
  const print = progress === undefined ? undefined : createProgress(progress)
  let healths: ReadonlyMap<string, string> = new Map()
  return (application) => {
    const rows = chosenRows(application, conditions.delete ? [] : selectors)
    print?.(rows)
    const [broken] = conditions.health && !conditions.degraded ? turnedDegraded(healths, rows) : []
    if (broken !== undefined) throw WaitErrors.DEGRADED({ resource: `${broken.kind} ${broken.name}` })
    healths = new Map(rows.map((row) => [keyOf(row), row.health]))
    return isReached(application, conditions, selectors)
  }
}
