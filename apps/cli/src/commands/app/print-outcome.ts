import type { Application } from '@driftless/model'
import type { Io } from '../../io.ts'
import { formatApplication } from '../../output/application-summary.ts'
import { formatOperation } from '../../output/operation-summary.ts'
import { formatResources, resourceRows } from '../../output/resource-rows.ts'
import { formatTree } from '../../output/resource-tree.ts'
import type { Connection } from '../../server/connect.ts'
import { qualifiedName } from './application-name.ts'
import { nameOf } from './find-targets.ts'

/** Prints an application after something was waited for: what it is, what the operation did, how its resources are. */
export async function printOutcome(
  server: Connection,
  application: Application,
  { io, output }: { io: Io; output: 'wide' | 'tree' | 'tree=detailed' },
): Promise<void> {
  const url = `${server.address.url}/applications/${application.metadata.name}`
  io.out(`\n${formatApplication(application, { name: qualifiedName(application), url })}`)
  const operation = formatOperation(application)
  if (operation !== '') io.out(`\n${operation}`)
  if (output !== 'wide') {
    const tree = await server.client.call('getResourceTree', nameOf(application))
    io.out(`\n${formatTree(tree, application, { detailed: output === 'tree=detailed' })}`)
    return
  }
  const rows = resourceRows(application)
  if (rows.length > 0) io.out(`\n${formatResources(rows)}`)
}
