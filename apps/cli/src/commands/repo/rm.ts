import { text } from '../../flags/flag.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'

/** `driftless repo rm URL…`. */
export const repoRm = defineServerCommand({
  operands: 'URL…',
  count: [1, Number.POSITIVE_INFINITY],
  flags: { project: text('project that the repository belongs to', { placeholder: 'PROJECT' }) },
  async run({ flags, operands, server: { client }, io }) {
    const query = flags.project ? { appProject: flags.project } : {}
    for (const repo of operands) {
      await client.call('deleteRepository', { params: { repo }, query })
      io.out(`Repository '${repo}' removed\n`)
    }
    return 0
  },
})
