import type { Application } from '@driftless/model'
import { CliErrors } from '../../errors.ts'
import type { FlagValues } from '../../flags/flag.ts'
import type { Io } from '../../io.ts'
import { confirm } from '../../output/ask.ts'
import { formatData } from '../../output/data.ts'
import type { Connection } from '../../server/connect.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { formatDifferences, readDifferences } from './diff/differences.ts'
import { findTargets, type Target } from './find-targets.ts'
import { printOutcome } from './print-outcome.ts'
import { syncFlags } from './sync/sync-flags.ts'
import { syncRequest } from './sync/sync-request.ts'
import { waitFor } from './wait/wait-for.ts'

type SyncValues = FlagValues<typeof syncFlags>

/** `driftless app sync NAME…`. */
export const appSync = defineServerCommand({
  operands: '[NAME…]',
  count: [0, Number.POSITIVE_INFINITY],
  flags: syncFlags,
  async run({ flags, operands, server, io }) {
    if (flags.revisions.length > 0 && operands.length !== 1)
      throw CliErrors.FATAL({ message: 'Cannot use --revisions with other than one application name' })
    const targets = await findTargets(server.client, operands, flags)
    let code = 0
    for (const target of targets) code = Math.max(code, await syncOne(server, target, { flags, io }))
    return code
  },
})

async function syncOne(
  server: Connection,
  target: Target,
  { flags, io }: { flags: SyncValues; io: Io },
): Promise<number> {
  const { name } = target
  const body = await syncRequest(server, target, flags)
  if (flags['preview-changes'] && !(await isWanted(server, target, { flags, io }))) return 0
  await server.client.call('syncApplication', { params: name.params, body })
  if (flags.async) return 0
  const quiet = flags.output === 'json' || flags.output === 'yaml'
  const conditions = { sync: false, health: false, suspended: false, degraded: false, operation: true, delete: false }
  const application = await waitFor(server, name, {
    conditions,
    selectors: [],
    seconds: flags.timeout,
    ...(quiet ? {} : { progress: io }),
  })
  if (application === undefined) return 0
  if (flags.output === 'json' || flags.output === 'yaml') io.out(formatData(application, flags.output))
  else await printOutcome(server, application, { io, output: flags.output })
  return outcomeCode(application, { flags, io })
}

async function isWanted(server: Connection, { name }: Target, { flags, io }: { flags: SyncValues; io: Io }) {
  const differences = await readDifferences(server, name, { revision: flags.revision })
  io.out(await formatDifferences(differences, io.env))
  if (differences.length === 0) io.out('No differences found\n')
  return flags.assumeYes || (await confirm(io, 'Do you want to continue the sync?', { flag: '--assumeYes' }))
}

/** 1 when the operation failed, or when the whole application stays out of sync because nothing was pruned. */
function outcomeCode(application: Application, { flags, io }: { flags: SyncValues; io: Io }): number {
  const state = application.status?.operationState
  if (state?.phase !== 'Succeeded') {
    io.err(`Error: Operation has completed with phase: ${state?.phase ?? 'Unknown'}\n`)
    return 1
  }
  const isWhole = flags.resource.length === 0 && flags.label.length === 0
  const skipped = (state.syncResult?.resources ?? []).filter(({ status }) => status === 'PruneSkipped').length
  if (!isWhole || flags['dry-run'] || skipped === 0 || application.status?.sync?.status === 'Synced') return 0
  io.err(`Error: ${skipped} resources require pruning\n`)
  return 1
}
