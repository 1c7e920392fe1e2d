import { ApiError } from '@driftless/contract'
import { integer, text, toggle } from '../../flags/flag.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'

const unavailable = 503

/** `driftless app logs NAME`. */
export const appLogs = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: {
    ...namespaceFlag,
    group: text('group of the resource', { placeholder: 'GROUP' }),
    kind: text('kind of the resource', { placeholder: 'KIND' }),
    name: text('name of the resource', { placeholder: 'NAME' }),
    namespace: text('namespace of the resource', { placeholder: 'NAMESPACE' }),
    container: text('container of the pods', { short: 'c', placeholder: 'NAME' }),
    follow: toggle('goes on until it is stopped', { short: 'f' }),
    previous: toggle('of the containers before these', { short: 'p' }),
    tail: integer('only the last lines', { placeholder: 'N' }),
    'since-seconds': integer('only as old as this', { placeholder: 'SECONDS' }),
    filter: text('only lines with this text; ! before it means without', { placeholder: 'TEXT' }),
    'match-case': toggle('the filter minds upper and lower case', { short: 'm' }),
  },
  async run({ flags, operands: [given = ''], server: { client }, io }) {
    const name = applicationName(given, flags)
    const query = {
      ...name.query,
      ...(flags.group && { group: flags.group }),
      ...(flags.kind && { kind: flags.kind }),
      ...(flags.name && { resourceName: flags.name }),
      ...(flags.namespace && { namespace: flags.namespace }),
      ...(flags.container && { container: flags.container }),
      ...(flags.filter && { filter: flags.filter, matchCase: flags['match-case'] }),
      previous: flags.previous,
      follow: flags.follow,
    }
    const tail = flags.tail > 0 ? { tailLines: flags.tail } : {}
    let since: number | undefined = flags['since-seconds'] > 0 ? flags['since-seconds'] : undefined
    for (;;) {
      try {
        const range = since === undefined ? tail : { ...tail, sinceSeconds: since }
        for await (const entry of client.stream('getLogs', { ...name, query: { ...query, ...range } }))
          if (entry.last !== true) io.out(`${entry.content}\n`)
        return 0
      } catch (error) {
        if (!flags.follow || !(error instanceof ApiError) || error.status !== unavailable) throw error
        since = 1
      }
    }
  },
})
