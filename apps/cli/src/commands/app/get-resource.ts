import { text, toggle } from '../../flags/flag.ts'
import { formatData, outputFlag } from '../../output/data.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'
import { findResources, resourceFlags, resourceQuery } from './find-resources.ts'

/** `driftless app get-resource NAME --kind KIND`. */
export const appGetResource = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: {
    ...namespaceFlag,
    ...resourceFlags,
    'show-managed-fields': toggle('shows who set which field too'),
    'filter-fields': text('only these fields', { placeholder: 'a.b,c' }),
    output: outputFlag([], 'yaml'),
  },
  async run({ flags, operands: [given = ''], server: { client }, io }) {
    const name = applicationName(given, flags)
    const found = await findResources(client, name, flags)
    const objects: unknown[] = []
    for (const resource of found) {
      const { manifest } = await client.call('getResource', {
        params: name.params,
        query: { ...name.query, ...resourceQuery(resource) },
      })
      const object = JSON.parse(manifest) as { metadata?: Record<string, unknown> }
      if (!flags['show-managed-fields']) delete object.metadata?.managedFields
      objects.push(flags['filter-fields'] === '' ? object : pick(object, flags['filter-fields'].split(',')))
    }
    io.out(formatData(objects.length === 1 ? objects[0] : objects, flags.output))
    return 0
  },
})

/** The object with these fields only; paths that lead nowhere are passed over. */
function pick(object: unknown, paths: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const path of paths) {
    const value = path
      .split('.')
      .reduce<unknown>(
        (inner, step) =>
          typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
            ? (inner as Record<string, unknown>)[step]
            : undefined,
        object,
      )
    if (value !== undefined) result[path] = value
  }
  return result
}
