import { text } from '../../flags/flag.ts'

/** Flag of every command on one application. */
export const namespaceFlag = {
  'app-namespace': text('namespace of the application', { short: 'N', placeholder: 'NAMESPACE' }),
}

/** How the API is told which application is meant. */
export interface ApplicationName {
  readonly params: { readonly name: string }
  readonly query: { readonly appNamespace?: string }
}

/** Reads `name` or `namespace/name`. */
export function applicationName(given: string, flags: { readonly 'app-namespace': string }): ApplicationName {
  const slash = given.indexOf('/')
  const namespace = slash < 0 ? flags['app-namespace'] : given.slice(0, slash)
  return { params: { name: given.slice(slash + 1) }, query: namespace === '' ? {} : { appNamespace: namespace } }
}

/** `namespace/name` of an application as lists show it. */
export function qualifiedName({ metadata }: { metadata: { name: string; namespace?: string } }): string {
  return metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name
}
