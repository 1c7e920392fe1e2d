import { choice } from '../../flags/flag.ts'
import { formatData, outputFlag } from '../../output/data.ts'
import { formatRepositories } from '../../output/repository-table.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'

/** `driftless repo list`. */
export const repoList = defineServerCommand({
  flags: {
    refresh: choice('tests the connections anew', { words: ['', 'hard'], initial: '' }),
    output: outputFlag(['wide', 'url'], 'wide'),
  },
  async run({ flags, server: { client }, io }) {
    const query = flags.refresh === 'hard' ? { forceRefresh: true } : {}
    const { items } = await client.call('listRepositories', { query })
    if (flags.output === 'wide') io.out(formatRepositories(items))
    else if (flags.output === 'url') io.out(items.map(({ repo }) => `${repo}\n`).join(''))
    else io.out(formatData(items, flags.output))
    return 0
  },
})
