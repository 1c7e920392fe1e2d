import { toggle } from '../../flags/flag.ts'
import { defineCommand } from '../command.ts'

/** The version of this command. */
export const clientVersion = '0.1.0'

/** `driftless version`. */
export const version = defineCommand({
  flags: { client: toggle('only this command, no server'), short: toggle('only the numbers') },
  run({ io }) {
    io.out(`driftless: v${clientVersion}\n`)
    return 0
  },
})
