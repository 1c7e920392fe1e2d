import { CliErrors } from '../../errors.ts'
import { text } from '../../flags/flag.ts'
import { ask } from '../../output/ask.ts'
import { contextFilePath, readContexts, withToken, writeContexts } from '../../server/context-file.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'

/** `driftless account update-password`; one's own session is opened anew, because the change ends it. */
export const accountUpdatePassword = defineServerCommand({
  flags: {
    account: text('account to change; one’s own unless told', { placeholder: 'NAME' }),
    'current-password': text('password of whoever is logged in', { placeholder: 'PASSWORD' }),
    'new-password': text('the new password', { placeholder: 'PASSWORD' }),
  },
  async run({ flags, server: { client, context }, io }) {
    const me = (await client.call('getUserInfo', {})).username ?? ''
    const currentPassword =
      flags['current-password'] || (await ask(io, `Password of ${me}`, { flag: '--current-password', hidden: true }))
    const newPassword = flags['new-password'] || (await askTwice(io, flags.account || me))
    const own = flags.account === '' || flags.account === me
    await client.call('changePassword', {
      body: { currentPassword, newPassword, ...(!own && { name: flags.account }) },
    })
    io.out('Password updated\n')
    if (!own || context === undefined) return 0
    const { token } = await client.call('login', { body: { username: me, password: newPassword } })
    const path = contextFilePath(io, flags.config)
    writeContexts(path, withToken(readContexts(path), context, token))
    io.out(`Context '${context}' updated\n`)
    return 0
  },
})

async function askTwice(io: Parameters<typeof ask>[0], account: string): Promise<string> {
  const options = { flag: '--new-password', hidden: true }
  const first = await ask(io, `New password of ${account}`, options)
  const second = await ask(io, 'Once more', options)
  if (first !== second) throw CliErrors.FATAL({ message: 'the two passwords differ' })
  return first
}
