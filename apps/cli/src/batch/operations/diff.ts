import { compare, hideSecrets, type KnownTypeField } from '@driftless/diff'
import type { IgnoreDifference } from '@driftless/model'
import { Fields, invalid, isRecord, type JsonRecord } from '../fields.ts'
import type { Operations } from '../operation.ts'

const strategies = ['three-way', 'two-way', 'structured-merge', 'server-side'] as const

export const diffOperations: Operations = {
  diff(fields) {
    const strategy = fields.word('strategy', strategies)
    const manager = fields.optionalText('manager')
    const predicted = fields.optionalObject('predicted')
    const overrides = readOverrides(fields.table('overrides') ?? {})
    return compare({
      live: fields.optionalObject('live'),
      target: fields.optionalObject('target'),
      ...(predicted && { predicted }),
      ...(strategy && { strategy }),
      ...(manager !== undefined && { manager }),
      ignoreDifferences: [...fields.tables('ignoreDifferences').map(readRule), ...overrides.rules],
      ignoreAggregatedRoles: fields.flag('ignoreAggregatedRoles') ?? false,
      includeMutationWebhook: fields.flag('includeMutationWebhook') ?? false,
      ...(Object.keys(overrides.knownTypes).length > 0 && { knownTypes: overrides.knownTypes }),
    })
  },
  'diff.hideSecrets': (fields) =>
    hideSecrets({
      target: fields.optionalObject('target') ?? null,
      live: fields.optionalObject('live') ?? null,
      lastApplied: fields.optionalObject('lastApplied') ?? null,
    }),
}

function readRule(rule: JsonRecord): IgnoreDifference {
  const fields = new Fields(rule)
  const [group, name, namespace] = ['group', 'name', 'namespace'].map((field) => fields.optionalText(field))
  return {
    kind: fields.text('kind'),
    ...(group !== undefined && { group }),
    ...(name !== undefined && { name }),
    ...(namespace !== undefined && { namespace }),
    ...pathsOf(fields),
  }
}

function pathsOf(fields: Fields) {
  return {
    jsonPointers: [...fields.texts('jsonPointers')],
    jqPathExpressions: [...fields.texts('jqPathExpressions')],
    managedFieldsManagers: [...fields.texts('managedFieldsManagers')],
  }
}

/** Customisations of settings by `<group>/<Kind>`: fields to ignore and fields that hold core types. */
function readOverrides(overrides: JsonRecord): {
  rules: IgnoreDifference[]
  knownTypes: Record<string, KnownTypeField[]>
} {
  const rules: IgnoreDifference[] = []
  const knownTypes: Record<string, KnownTypeField[]> = {}
  for (const [key, override] of Object.entries(overrides)) {
    if (!isRecord(override)) throw invalid(`overrides.${key}`, 'an object')
    const fields = new Fields(override)
    const slash = key.lastIndexOf('/')
    const ignored = fields.table('ignoreDifferences')
    if (ignored !== undefined)
      rules.push({
        group: key.slice(0, Math.max(slash, 0)),
        kind: key.slice(slash + 1),
        ...pathsOf(new Fields(ignored)),
      })
    const known = fields.tables('knownTypeFields').map((item) => {
      const field = new Fields(item)
      return { field: field.text('field'), type: field.text('type') }
    })
    if (known.length > 0) knownTypes[key] = known
  }
  return { rules, knownTypes }
}
