import { toggle } from '../../flags/flag.ts'
import { formatData, outputFlag } from '../../output/data.ts'
import { connectionFlags } from '../../server/connection-flags.ts'
import { defineCommand } from '../command.ts'

const clientVersion = '0.1.0'

/** `driftless version`. */
export const version = defineCommand({
  exits: { failure: 20 },
  flags: {
    ...connectionFlags,
    client: toggle('only this command, no server'),
    short: toggle('only the numbers'),
    output: outputFlag(['wide', 'short'], 'wide'),
  },
  async run({ flags, io }) {
    const short = flags.short || flags.output === 'short'
    const client = {
      Version: `v${clientVersion}`,
      Platform: `${process.platform}/${process.arch}`,
      NodeVersion: process.version,
    }
    const server = flags.client ? undefined : await serverVersion(flags, io)
    if (flags.output === 'json' || flags.output === 'yaml') {
      io.out(formatData({ client, ...(server && { server }) }, flags.output))
      return 0
    }
    io.out(formatVersion('driftless', client, short))
    if (server !== undefined) io.out(formatVersion('driftless-server', server, short))
    return 0
  },
})

/** The connection is loaded only when it is needed: a client's own version needs no server. */
async function serverVersion(
  flags: Parameters<typeof import('../../server/connect.ts').connect>[0],
  io: Parameters<typeof import('../../server/connect.ts').connect>[1],
) {
  const { connect } = await import('../../server/connect.ts')
  const { client } = await connect(flags, io)
  return client.call('getVersion', {})
}

function formatVersion(
  name: string,
  facts: Readonly<Record<string, string | undefined>> & { Version: string },
  short: boolean,
): string {
  const { Version, ...rest } = facts
  const lines = Object.entries(rest).flatMap(([key, value]) => (value === undefined ? [] : [`  ${key}: ${value}\n`]))
  return `${name}: ${Version}\n${short ? '' : lines.join('')}`
}
