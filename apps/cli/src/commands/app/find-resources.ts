import type { Client } from '@driftless/contract'
import type { ResourceNode } from '@driftless/model'
import { CliErrors } from '../../errors.ts'
import { text } from '../../flags/flag.ts'
import type { ApplicationName } from './application-name.ts'

/** Flags that choose live resources of an application. */
export const resourceFlags = {
  kind: text('kind of the resource', { placeholder: 'KIND' }),
  group: text('group of the resource', { placeholder: 'GROUP' }),
  namespace: text('namespace of the resource', { placeholder: 'NAMESPACE' }),
  'resource-name': text('name of the resource', { placeholder: 'NAME' }),
}

/** The resources of the application's tree that the flags choose. Throws `CLI_FATAL` when there is none. */
export async function findResources(
  client: Client,
  name: ApplicationName,
  flags: { kind: string; group: string; namespace: string; 'resource-name': string },
): Promise<ResourceNode[]> {
  if (flags.kind === '') throw CliErrors.USAGE({ message: 'say which --kind' })
  const { nodes } = await client.call('getResourceTree', name)
  const found = nodes.filter(
    (node) =>
      node.kind === flags.kind &&
      (flags.group === '' || (node.group ?? '') === flags.group) &&
      (flags.namespace === '' || node.namespace === flags.namespace) &&
      (flags['resource-name'] === '' || node.name === flags['resource-name']),
  )
  if (found.length === 0)
    throw CliErrors.FATAL({ message: `No matching resource found: ${flags.kind} ${flags['resource-name']}`.trimEnd() })
  return found
}

/** How the API is told of a resource. */
export function resourceQuery({ group = '', kind, namespace, name, version }: ResourceNode) {
  return {
    group,
    kind,
    resourceName: name,
    ...(namespace !== undefined && { namespace }),
    ...(version !== undefined && { version }),
  }
}
