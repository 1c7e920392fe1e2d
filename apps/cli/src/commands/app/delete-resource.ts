import { CliErrors } from '../../errors.ts'
import { toggle } from '../../flags/flag.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'
import { findResources, resourceFlags, resourceQuery } from './find-resources.ts'

/** `driftless app delete-resource NAME --kind KIND --resource-name NAME`. */
export const appDeleteResource = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: {
    ...namespaceFlag,
    ...resourceFlags,
    force: toggle('without grace'),
    orphan: toggle('leaves what it owns'),
    all: toggle('all that match, and not only one'),
  },
  async run({ flags, operands: [given = ''], server: { client }, io }) {
    const name = applicationName(given, flags)
    const found = await findResources(client, name, flags)
    if (found.length > 1 && !flags.all)
      throw CliErrors.FATAL({ message: 'Multiple resources match inputs. Use the --all flag to delete all of them' })
    for (const resource of found) {
      const query = { ...name.query, ...resourceQuery(resource), force: flags.force, orphan: flags.orphan }
      await client.call('deleteResource', { params: name.params, query })
      io.out(`Resource '${resource.name}' deleted\n`)
    }
    return 0
  },
})
