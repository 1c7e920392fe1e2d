import { choice, text, toggle } from '../../flags/flag.ts'
import type { Io } from '../../io.ts'
import { ask } from '../../output/ask.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { namespaceFlag, qualifiedName } from './application-name.ts'
import { findTargets, type Target } from './find-targets.ts'
import { waitFor } from './wait/wait-for.ts'

/** `driftless app delete NAME…`. */
export const appDelete = defineServerCommand({
  operands: '[NAME…]',
  count: [0, Number.POSITIVE_INFINITY],
  flags: {
    ...namespaceFlag,
    selector: text('applications with these labels', { short: 'l', placeholder: 'SELECTOR' }),
    cascade: toggle('deletes its resources too', { initial: true }),
    'propagation-policy': choice('how their deletion reaches what they own', {
      short: 'p',
      words: ['foreground', 'background'],
      initial: 'foreground',
    }),
    yes: toggle('asks nothing', { short: 'y' }),
    wait: toggle('waits until it is gone'),
  },
  async run({ flags, operands, server, io }) {
    const targets = await findTargets(server.client, operands, flags)
    const wanted = flags.cascade && io.interactive && !flags.yes ? await confirmed(targets, io) : targets
    for (const { name } of wanted) {
      const policy = flags.cascade ? { propagationPolicy: flags['propagation-policy'] } : {}
      const query = { ...name.query, cascade: flags.cascade, ...policy }
      await server.client.call('deleteApplication', { ...name, query })
      if (flags.wait) await waitFor(server, name, { conditions: gone, selectors: [], seconds: 0 })
      io.out(`application '${name.params.name}' deleted\n`)
    }
    return 0
  },
})

const gone = { sync: false, health: false, suspended: false, degraded: false, operation: false, delete: true }

/** The applications that somebody says yes to; `a` says it for all that follow. */
async function confirmed(targets: readonly Target[], io: Io): Promise<Target[]> {
  const wanted: Target[] = []
  let all = false
  for (const target of targets) {
    const choices = targets.length > 1 ? '[y/n/a]' : '[y/n]'
    const question = `Are you sure you want to delete '${qualifiedName(target.application)}' and all its resources? ${choices}`
    const answer: string = all ? 'y' : (await ask(io, question, { flag: '--yes' })).trim().toLowerCase()
    all ||= answer === 'a' && targets.length > 1
    if (all || answer.startsWith('y')) wanted.push(target)
    else io.out(`The command to delete '${qualifiedName(target.application)}' was cancelled.\n`)
  }
  return wanted
}
