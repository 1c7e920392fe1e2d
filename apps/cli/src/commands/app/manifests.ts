import { printYaml } from '@driftless/kube-objects'
import { choice, text } from '../../flags/flag.ts'
import type { Connection } from '../../server/connect.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { type ApplicationName, applicationName, namespaceFlag } from './application-name.ts'

/** `driftless app manifests NAME`. */
export const appManifests = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: {
    ...namespaceFlag,
    source: choice('where the manifests come from', { words: ['git', 'live'], initial: 'git' }),
    revision: text('revision to render', { placeholder: 'REVISION' }),
  },
  async run({ flags, operands: [given = ''], server, io }) {
    const name = applicationName(given, flags)
    const manifests =
      flags.source === 'live' ? await liveManifests(server, name) : await rendered(server, name, flags.revision)
    io.out(manifests.map((manifest) => `---\n${printYaml(JSON.parse(manifest))}`).join(''))
    return 0
  },
})

async function rendered({ client }: Connection, name: ApplicationName, revision: string): Promise<string[]> {
  const query = { ...name.query, ...(revision && { revision }) }
  return (await client.call('getManifests', { ...name, query })).manifests
}

async function liveManifests({ client }: Connection, name: ApplicationName): Promise<string[]> {
  const { items = [] } = await client.call('getManagedResources', name)
  return items.map(({ liveState }) => liveState).filter((state) => state !== '' && state !== 'null')
}
