import { type Call, type Command, type CommandDefinition, defineCommand } from '../commands/command.ts'
import type { FlagTable } from '../flags/flag.ts'
import { type Connection, connect } from './connect.ts'
import { connectionFlags } from './connection-flags.ts'
import { environmentFlags } from './environment-flags.ts'

/** One run of a command that talks to a server. */
export interface ServerCall<F> extends Call<F & typeof connectionFlags> {
  readonly server: Connection
}

/** Declares a command that talks to a server: connection flags, `ARGOCD_OPTS`, and exit code 20 when the server refuses. */
export function defineServerCommand<F extends FlagTable>(
  definition: Omit<CommandDefinition<F>, 'run'> & {
    run(call: ServerCall<F>): Promise<number | undefined>
  },
): Command {
  const { exits, flags, run, ...rest } = definition
  const command = defineCommand({
    ...rest,
    flags: { ...connectionFlags, ...flags },
    exits: { failure: 20, ...exits },
    run: async (call) => run({ ...call, server: await connect(call.flags, call.io) }),
  })
  return { ...command, run: (args, io) => command.run([...environmentFlags(io.env), ...args], io) }
}
