import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  ChartCache,
  HelmErrors,
  mergeMaps,
  parseSetExpressions,
  renderChart,
  renderChartFiles,
  renderHelmTemplates,
  resolveDependencies,
  SetProblem,
  type Table,
} from '@driftless/helm'
import { readReleaseInputs, releaseNames, templateFlags } from '../../commands/helm/template-flags.ts'
import { openSource } from '../../files/open-source.ts'
import { parseFlags } from '../../flags/parse-flags.ts'
import { type Fields, invalid } from '../fields.ts'
import { lookupAmong } from '../lookup-among.ts'
import type { BatchScope, Operations } from '../operation.ts'

/** Shared by the requests of a batch, as by the renders of a server. */
const cache = new ChartCache()
const setKinds = ['set', 'set-string', 'set-json', 'set-literal', 'set-file'] as const
const helmVersions = ['3', '4'] as const

export const helmOperations: Operations = {
  'helm.template': template,
  'helm.render': (fields, scope) =>
    fields.has('chart')
      ? renderOfChart(fields, scope)
      : renderHelmTemplates(fields.textMap('templates') ?? {}, fields.value('context'), engineOptions(fields)),
  'helm.values': values,
  'helm.dependencies': (fields, scope) =>
    resolveDependencies({
      ...openSource(fields.text('chart'), scope.directory),
      values: fields.table('values'),
      cache,
      ...helmOf(fields),
    }),
}

async function template(fields: Fields, scope: BatchScope): Promise<unknown> {
  const setArgs = fields.texts('setArgs')
  const args = [
    ...fields.texts('args'),
    ...fields.texts('values').map((path) => `--values=${path}`),
    ...setArgs.map((text) => (text.startsWith('--') ? text : `--set=${text}`)),
    ...fields.texts('apiVersions').map((version) => `--api-versions=${version}`),
  ]
  const { values: flags, operands } = parseFlags(args, templateFlags)
  const inputs = await readReleaseInputs(flags, {
    directory: scope.directory,
    env: {},
    input: noInput,
    interactive: false,
    out: () => undefined,
    err: () => undefined,
  })
  const { releaseName } = releaseNames([...operands.slice(0, 1), ''])
  const overlay = fields.tables('set').reduce<Table>((merged, over) => mergeMaps(merged, over), {})
  const { text, manifests, notes } = renderChart({
    ...openSource(fields.text('chart'), scope.directory),
    ...inputs,
    releaseName: fields.optionalText('name') ?? releaseName,
    values: overlay,
    ...overridesOf(fields),
    cache,
  })
  const documents = manifests
    .filter(({ object }) => object !== undefined)
    .map(({ source, object }) => ({ source, object }))
  return { text, documents, notes }
}

const noInput: AsyncIterable<string> = {
  async *[Symbol.asyncIterator]() {},
}

/** Fields that say the same as a flag and win over it. */
function overridesOf(fields: Fields) {
  const namespace = fields.optionalText('namespace')
  const kubeVersion = fields.optionalText('kubeVersion')
  const includeCrds = fields.flag('includeCrds')
  const skipTests = fields.flag('skipTests')
  const isUpgrade = fields.flag('isUpgrade')
  return {
    ...(namespace !== undefined && { namespace }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(includeCrds !== undefined && { includeCrds }),
    ...(skipTests !== undefined && { skipTests }),
    ...(isUpgrade !== undefined && { isUpgrade }),
    ...helmOf(fields),
  }
}

function helmOf(fields: Fields): { helm?: '3' | '4' } {
  const helm = fields.word('helm', helmVersions)
  return helm === undefined ? {} : { helm }
}

function renderOfChart(fields: Fields, scope: BatchScope): Record<string, string> {
  return renderChartFiles({
    ...openSource(fields.text('chart'), scope.directory),
    values: fields.table('values'),
    releaseName: fields.optionalText('release') ?? 'release-name',
    namespace: 'default',
    apiVersions: fields.texts('apiVersions'),
    ...engineOptions(fields),
    ...overridesOf(fields),
  })
}

function engineOptions(fields: Fields) {
  return {
    lookup: lookupAmong(fields.objects('lookup')),
    strict: fields.flag('strict') ?? false,
    lint: fields.flag('lint') ?? false,
    clock: { now: () => new Date() },
    randomBytes,
    cache,
    ...helmOf(fields),
  }
}

function values(fields: Fields, { directory }: BatchScope): unknown {
  const kind = fields.word('kind', setKinds)
  if (kind === undefined) throw invalid('kind', `one of ${setKinds.join(', ')}`)
  try {
    return parseSetExpressions(kind, fields.texts('exprs'), {
      base: { ...fields.table('base') },
      readFile: (path) => readFileSync(resolve(directory, path), 'utf8'),
    })
  } catch (cause) {
    if (!(cause instanceof SetProblem)) throw cause
    throw HelmErrors.VALUES_INVALID({ message: cause.message }, { cause })
  }
}
