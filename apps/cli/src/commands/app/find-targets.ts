import type { Client } from '@driftless/contract'
import type { Application } from '@driftless/model'
import { CliErrors } from '../../errors.ts'
import { type ApplicationName, applicationName } from './application-name.ts'

/** An application that a command is about. */
export interface Target {
  readonly application: Application
  readonly name: ApplicationName
}

/** The applications that names, a label selector or projects choose. Throws `CLI_USAGE` when nothing or too much is said. */
export async function findTargets(
  client: Client,
  names: readonly string[],
  flags: { readonly 'app-namespace': string; readonly selector: string; readonly project?: readonly string[] },
): Promise<Target[]> {
  const { selector, project = [] } = flags
  if (names.length === 0 && selector === '' && project.length === 0)
    throw CliErrors.USAGE({ message: 'say which application: NAME, or --selector' })
  if (names.length > 1 && selector !== '')
    throw CliErrors.FATAL({ message: 'Cannot use selector option when application name(s) passed as argument(s)' })
  const named = await Promise.all(
    names.map(async (text) => {
      const name = applicationName(text, flags)
      return { name, application: await client.call('getApplication', name) }
    }),
  )
  if (selector === '' && project.length === 0) return named
  const { items } = await client.call('listApplications', {
    query: {
      ...(selector && { selector }),
      ...(project.length > 0 && { projects: [...project] }),
      ...(flags['app-namespace'] && { appNamespace: flags['app-namespace'] }),
    },
  })
  if (items.length === 0) throw CliErrors.FATAL({ message: 'No matching apps found for filter' })
  const listed = items.map((application) => ({ application, name: nameOf(application) }))
  return [...named, ...listed]
}

/** How the API is told of an application at hand. */
export function nameOf({ metadata: { name, namespace } }: Application): ApplicationName {
  return { params: { name }, query: namespace === undefined ? {} : { appNamespace: namespace } }
}
