import type { ApplicationSource, ApplicationSpec } from '@driftless/model'
import { CliErrors } from '../../errors.ts'
import { type FlagValues, integer, text, texts, toggle } from '../../flags/flag.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'
import { imageName } from './spec/change-source.ts'
import { sourceIndex } from './spec/change-spec.ts'

const flags = {
  'source-position': integer('which of several sources, from 1'),
  'source-name': text('which of several sources, by its name', { placeholder: 'NAME' }),
  parameter: texts('parameter (repeat)', { short: 'p', placeholder: 'NAME' }),
  values: texts('values file (repeat)', { placeholder: 'FILE' }),
  'values-literal': toggle('the values in the spec'),
  'ignore-missing-value-files': toggle('the permission of absent values files'),
  'pass-credentials': toggle('the passing of credentials'),
  nameprefix: toggle('the prefix of names'),
  namesuffix: toggle('the suffix of names'),
  'kustomize-version': toggle('the version of Kustomize'),
  'kustomize-namespace': toggle('the namespace'),
  'kustomize-image': texts('image override (repeat)', { placeholder: 'NAME' }),
  'kustomize-replica': texts('replica override (repeat)', { placeholder: 'NAME' }),
  'ignore-missing-components': toggle('the permission of absent components'),
  'plugin-env': texts('variable of the plugin (repeat)', { placeholder: 'NAME' }),
  ref: toggle('the reference name of the source'),
}

/** `driftless app unset NAME`: removes overrides. */
export const appUnset = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: { ...namespaceFlag, ...flags },
  async run({ flags: values, operands: [operand = ''], given, server: { client } }) {
    const names = Object.keys(flags).filter((flag) => given.has(flag) && !flag.startsWith('source-'))
    if (names.length === 0) throw CliErrors.FATAL({ message: 'say what to unset' })
    const name = applicationName(operand, values)
    const { spec } = await client.call('getApplication', name)
    await client.call('updateApplicationSpec', { ...name, body: unsetIn(spec, values, given) })
    return 0
  },
})

type Unset = FlagValues<typeof flags>

function unsetIn(spec: ApplicationSpec, values: Unset, given: ReadonlySet<string>): ApplicationSpec {
  const { source, sources } = spec
  if (sources !== undefined && sources.length > 0) {
    const index = sourceIndex(sources, { flags: values, given })
    return { ...spec, sources: sources.map((item, at) => (at === index ? unsetSource(item, values) : item)) }
  }
  return source === undefined ? spec : { ...spec, source: unsetSource(source, values) }
}

function unsetSource(source: ApplicationSource, values: Unset): ApplicationSource {
  const { helm, kustomize, plugin } = source
  return {
    ...source,
    ...(values.ref && { ref: undefined }),
    ...(helm && { helm: unsetHelm(helm, values) }),
    ...(kustomize && { kustomize: unsetKustomize(kustomize, values) }),
    ...(plugin && {
      plugin: { ...plugin, env: plugin.env?.filter(({ name }) => !values['plugin-env'].includes(name)) },
    }),
  }
}

function unsetHelm(helm: NonNullable<ApplicationSource['helm']>, values: Unset) {
  return {
    ...helm,
    parameters: helm.parameters?.filter(({ name }) => !values.parameter.includes(name)),
    valueFiles: helm.valueFiles?.filter((file) => !values.values.includes(file)),
    ...(values['values-literal'] && { values: undefined, valuesObject: undefined }),
    ...(values['ignore-missing-value-files'] && { ignoreMissingValueFiles: undefined }),
    ...(values['pass-credentials'] && { passCredentials: undefined }),
  }
}

function unsetKustomize(kustomize: NonNullable<ApplicationSource['kustomize']>, values: Unset) {
  return {
    ...kustomize,
    images: kustomize.images?.filter((image) => !values['kustomize-image'].map(imageName).includes(imageName(image))),
    replicas: kustomize.replicas?.filter(({ name }) => !values['kustomize-replica'].includes(name)),
    ...(values.nameprefix && { namePrefix: undefined }),
    ...(values.namesuffix && { nameSuffix: undefined }),
    ...(values['kustomize-version'] && { version: undefined }),
    ...(values['kustomize-namespace'] && { namespace: undefined }),
    ...(values['ignore-missing-components'] && { ignoreMissingComponents: undefined }),
  }
}
