import type { Client } from '@driftless/contract'
import { deepEqual, parseManifests } from '@driftless/kube-objects'
import { type Application, application, cascadeFinalizer } from '@driftless/model'
import { CliErrors } from '../../errors.ts'
import { readTextFrom } from '../../files/read-text.ts'
import { text, texts, toggle } from '../../flags/flag.ts'
import type { Io } from '../../io.ts'
import { formatData, outputFlag } from '../../output/data.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { namespaceFlag } from './application-name.ts'
import { findApplication } from './find-application.ts'
import { changeSpec } from './spec/change-spec.ts'
import { literalValues } from './spec/literal-values.ts'
import { textMapOf } from './spec/pair.ts'
import { specFlags } from './spec/spec-flags.ts'

/** `driftless app create [NAME]`. */
export const appCreate = defineServerCommand({
  operands: '[NAME]',
  count: [0, 1],
  flags: {
    ...namespaceFlag,
    ...specFlags,
    file: text('manifest, URL or -', { short: 'f', placeholder: 'FILE' }),
    name: text('name; better the operand', { placeholder: 'NAME' }),
    upsert: toggle('changes an application that exists'),
    label: texts('label (repeat)', { short: 'l', placeholder: 'NAME=VALUE' }),
    annotations: texts('annotation (repeat)', { placeholder: 'NAME=VALUE' }),
    'set-finalizer': toggle('deleting the application deletes its resources'),
    output: outputFlag([''], ''),
  },
  async run({ flags, operands: [operand = ''], given, server: { client }, io }) {
    const read = flags.file === '' ? [emptyApplication()] : await readApplications(flags.file, io)
    const change = { flags: await literalValues(flags, io), given }
    const name = operand || flags.name
    if (name !== '' && read.length > 1)
      throw CliErrors.FATAL({ message: 'a name cannot be given to several applications' })
    for (const base of read) {
      const wanted: Application = {
        ...base,
        metadata: {
          ...base.metadata,
          name: name || base.metadata.name,
          ...(flags['app-namespace'] && { namespace: flags['app-namespace'] }),
          ...merged('labels', base.metadata.labels, textMapOf(flags.label)),
          ...merged('annotations', base.metadata.annotations, textMapOf(flags.annotations)),
          ...(flags['set-finalizer'] && { finalizers: [...(base.metadata.finalizers ?? []), cascadeFinalizer] }),
        },
        spec: changeSpec(base.spec, change),
      }
      if (wanted.metadata.name === '')
        throw CliErrors.FATAL({ message: 'the application has no name: say NAME, or --file' })
      const { created, what } = await create(client, wanted, { upsert: flags.upsert, validate: flags.validate })
      io.out(
        flags.output === '' ? `application '${created.metadata.name}' ${what}\n` : formatData(created, flags.output),
      )
    }
    return 0
  },
})

function emptyApplication(): Application {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: '' },
    spec: { project: 'default', destination: {} },
  }
}

async function readApplications(path: string, io: Io): Promise<Application[]> {
  const objects = parseManifests(await readTextFrom(path, io), { file: path })
  const found = objects.filter(({ kind }) => kind === 'Application')
  if (found.length === 0) throw CliErrors.FATAL({ message: `${path} holds no Application` })
  return found.map((object) => application.parse(object))
}

async function create(
  client: Client,
  wanted: Application,
  options: { upsert: boolean; validate: boolean },
): Promise<{ created: Application; what: 'created' | 'unchanged' | 'updated' }> {
  const { name, namespace } = wanted.metadata
  const before = await findApplication(client, {
    params: { name },
    query: namespace ? { appNamespace: namespace } : {},
  })
  const created = await client.call('createApplication', { body: wanted, query: options })
  if (before === undefined) return { created, what: 'created' }
  const same = deepEqual(essence(before), essence(created))
  return { created, what: same ? 'unchanged' : 'updated' }
}

/** What a user decides about an application. */
function essence({ metadata: { labels = {}, annotations = {}, finalizers = [] }, spec }: Application) {
  return { labels, annotations, finalizers, spec }
}

function merged(
  field: 'labels' | 'annotations',
  before: Record<string, string> | undefined,
  more: Record<string, string>,
) {
  const all = { ...before, ...more }
  return Object.keys(all).length === 0 ? {} : { [field]: all }
}
