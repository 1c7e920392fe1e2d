import { ApiError, type Client } from '@driftless/contract'
import type { Application } from '@driftless/model'
import type { ApplicationName } from './application-name.ts'

/** The application, or undefined when there is none; a refusal hides that there is one, so it counts as none. */
export async function findApplication(client: Client, name: ApplicationName): Promise<Application | undefined> {
  try {
    return await client.call('getApplication', name)
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return undefined
    throw error
  }
}
