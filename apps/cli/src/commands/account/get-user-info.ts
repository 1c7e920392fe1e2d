import { formatData, outputFlag } from '../../output/data.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'

/** `driftless account get-user-info`. */
export const accountGetUserInfo = defineServerCommand({
  flags: { output: outputFlag([''], '') },
  async run({ flags, server, io }) {
    const info = await server.client.call('getUserInfo', {})
    if (flags.output !== '') io.out(formatData(info, flags.output))
    else {
      io.out(`Logged In: ${info.loggedIn}\n`)
      if (info.loggedIn)
        io.out(
          `Username: ${info.username ?? ''}\nIssuer: ${info.iss ?? ''}\nGroups: ${(info.groups ?? []).join(',')}\n`,
        )
    }
    return 0
  },
})
