import { randomBytes } from 'node:crypto'
import type { RenderChartRequest } from '@driftless/helm'
import { CliErrors } from '../../errors.ts'
import { readTextFrom } from '../../files/read-text.ts'
import { choice, type FlagValues, items, text, texts, toggle } from '../../flags/flag.ts'
import type { Io } from '../../io.ts'

/** Flags of `helm template`. */
export const templateFlags = {
  namespace: text('namespace of the release', { short: 'n', placeholder: 'NAMESPACE' }),
  values: items('values file, URL or - (repeat; the last wins)', { short: 'f', placeholder: 'FILE,…' }),
  set: texts('sets values: a.b=c,d[0]=e', { placeholder: 'EXPRESSION' }),
  'set-string': texts('sets text values', { placeholder: 'EXPRESSION' }),
  'set-json': texts('sets JSON values', { placeholder: 'EXPRESSION' }),
  'set-literal': texts('sets one text value as it stands', { placeholder: 'EXPRESSION' }),
  'set-file': texts('sets values to the content of files: a=path', { placeholder: 'EXPRESSION' }),
  'kube-version': text('Kubernetes version that the chart sees', { placeholder: 'VERSION' }),
  'api-versions': items('API versions that the chart sees besides the usual', { short: 'a', placeholder: 'VERSION,…' }),
  'include-crds': toggle('prints CRDs too'),
  'skip-crds': toggle('prints no CRDs, also with --include-crds'),
  'skip-tests': toggle('leaves tests out'),
  'skip-schema-validation': toggle('does not check values.schema.json'),
  'show-only': texts('prints only this template (repeat)', { short: 's', placeholder: 'TEMPLATE' }),
  'is-upgrade': toggle('renders as for an upgrade'),
  'helm-version': choice('major version of Helm to follow', { words: ['3', '4'], initial: '4' }),
}

/** The release that the operands name. */
export function releaseNames(operands: readonly string[]): { releaseName: string; chart: string } {
  const [first = '', second] = operands
  return second === undefined ? { releaseName: 'release-name', chart: first } : { releaseName: first, chart: second }
}

/** Everything a render takes besides the chart and its name; reads the files that the flags name. */
export async function readReleaseInputs(
  flags: FlagValues<typeof templateFlags>,
  io: Io,
): Promise<Omit<RenderChartRequest, 'tree' | 'path' | 'releaseName'>> {
  const valuesFiles: { path: string; text: string }[] = []
  for (const path of flags.values) valuesFiles.push({ path, text: await readTextFrom(path, io) })
  return {
    namespace: flags.namespace || 'default',
    valuesFiles,
    set: flags.set,
    setString: flags['set-string'],
    setJson: flags['set-json'],
    setLiteral: flags['set-literal'],
    setFile: await readSetFiles(flags['set-file'], io),
    ...(flags['kube-version'] && { kubeVersion: flags['kube-version'] }),
    apiVersions: flags['api-versions'],
    includeCrds: flags['include-crds'] && !flags['skip-crds'],
    skipTests: flags['skip-tests'],
    skipSchemaValidation: flags['skip-schema-validation'],
    showOnly: flags['show-only'],
    isUpgrade: flags['is-upgrade'],
    helm: flags['helm-version'],
    clock: { now: () => new Date() },
    randomBytes,
  }
}

/** `key=path,other=path` expressions with the content of their files; a backslash keeps a comma or `=` inside a key or path. */
export async function readSetFiles(
  expressions: readonly string[],
  io: Io,
): Promise<{ path: string; content: string }[]> {
  const read: { path: string; content: string }[] = []
  for (const part of expressions.flatMap((expression) => expression.match(/(?:\\.|[^,\\])+/gs) ?? [])) {
    const match = /^((?:\\.|[^=\\])+)=(.*)$/s.exec(part)
    if (match === null)
      throw CliErrors.FATAL({ message: `failed parsing --set-file data: key ${JSON.stringify(part)} has no value` })
    const [, path = '', file = ''] = match
    read.push({ path, content: await readTextFrom(file.replace(/\\(.)/gs, '$1'), io) })
  }
  return read
}
