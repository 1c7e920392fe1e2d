import { choice, text } from '../../flags/flag.ts'
import { formatData, outputFlag } from '../../output/data.ts'
import { formatRepositories } from '../../output/repository-table.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'

/** `driftless repo get URL`. */
export const repoGet = defineServerCommand({
  operands: 'URL',
  count: [1, 1],
  flags: {
    project: text('project that the repository belongs to', { placeholder: 'PROJECT' }),
    refresh: choice('tests the connection anew', { words: ['', 'hard'], initial: '' }),
    output: outputFlag(['wide', 'url'], 'wide'),
  },
  async run({ flags, operands: [repo = ''], server: { client }, io }) {
    const repository = await client.call('getRepository', {
      params: { repo },
      query: {
        ...(flags.refresh === 'hard' && { forceRefresh: true }),
        ...(flags.project && { appProject: flags.project }),
      },
    })
    if (flags.output === 'wide') io.out(formatRepositories([repository]))
    else io.out(flags.output === 'url' ? `${repository.repo}\n` : formatData(repository, flags.output))
    return 0
  },
})
