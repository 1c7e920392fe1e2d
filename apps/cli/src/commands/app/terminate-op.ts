import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'

/** `driftless app terminate-op NAME`. */
export const appTerminateOp = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: namespaceFlag,
  async run({ flags, operands: [given = ''], server, io }) {
    const name = applicationName(given, flags)
    await server.client.call('terminateOperation', name)
    io.out(`Application '${name.params.name}' operation terminating\n`)
    return 0
  },
})
