import type { JsonObject } from '@driftless/kube-objects'
import { labelFaults } from '@driftless/kube-server'
import { isRecord, record, records, text } from '../json.ts'
import { configKeyFaults } from './formats.ts'
import type { Problems } from './problems.ts'

const hostPathTypes = [
  '',
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
]

/** Checks the volumes of a pod; answers their names, for the mounts. */
export function checkVolumes(problems: Problems, field: string, volumes: unknown): Set<string> {
  const names = new Set<string>()
  for (const [index, volume] of records(volumes).entries()) {
    const at = `${field}[${index}]`
    const name = text(volume.name)
    const faults = labelFaults(name)
    if (name === '') problems.required(`${at}.name`)
    else for (const fault of faults) problems.invalid(`${at}.name`, name, fault)
    if (names.has(name)) problems.duplicate(`${at}.name`, name)
    else if (faults.length === 0) names.add(name)
    checkSource(problems, at, volume)
  }
  return names
}

function checkSource(problems: Problems, field: string, volume: JsonObject): void {
  const sources = Object.keys(volume).filter((key) => key !== 'name' && isRecord(volume[key]))
  const [kind, ...more] = sources
  if (kind === undefined) {
    problems.required(field, 'must specify a volume type')
    return
  }
  for (const extra of more) problems.forbidden(`${field}.${extra}`, 'may not specify more than 1 volume type')
  const source = record(volume[kind])
  const at = `${field}.${kind}`
  const rule = sourceRules[kind]
  rule?.(problems, at, source)
}

type SourceRule = (problems: Problems, field: string, source: JsonObject) => void

const sourceRules: Readonly<Record<string, SourceRule>> = {
  configMap(problems, field, source) {
    if (text(source.name) === '') problems.required(`${field}.name`)
    checkMode(problems, `${field}.defaultMode`, source.defaultMode)
    checkItems(problems, `${field}.items`, source.items)
  },
  secret(problems, field, source) {
    if (text(source.secretName) === '') problems.required(`${field}.secretName`)
    checkMode(problems, `${field}.defaultMode`, source.defaultMode)
    checkItems(problems, `${field}.items`, source.items)
  },
  persistentVolumeClaim(problems, field, source) {
    if (text(source.claimName) === '') problems.required(`${field}.claimName`)
  },
  hostPath(problems, field, source) {
    const path = text(source.path)
    if (path === '') problems.required(`${field}.path`)
    else if (path.split('/').includes('..')) problems.invalid(`${field}.path`, path, "must not contain '..'")
    if (source.type !== undefined && !hostPathTypes.includes(text(source.type)))
      problems.unsupported(`${field}.type`, source.type, hostPathTypes)
  },
  nfs(problems, field, source) {
    if (text(source.server) === '') problems.required(`${field}.server`)
    if (text(source.path) === '') problems.required(`${field}.path`)
    else if (!text(source.path).startsWith('/'))
      problems.invalid(`${field}.path`, source.path, 'must be an absolute path')
  },
  csi(problems, field, source) {
    if (text(source.driver) === '') problems.required(`${field}.driver`)
  },
  projected(problems, field, source) {
    checkMode(problems, `${field}.defaultMode`, source.defaultMode)
    for (const [index, part] of records(source.sources).entries())
      checkProjection(problems, `${field}.sources[${index}]`, part)
  },
  downwardAPI(problems, field, source) {
    checkMode(problems, `${field}.defaultMode`, source.defaultMode)
    for (const item of records(source.items)) if (text(item.path) === '') problems.required(`${field}.path`)
  },
}

function checkProjection(problems: Problems, field: string, part: JsonObject): void {
  const kinds = Object.keys(part).filter((key) => isRecord(part[key]))
  if (kinds.length > 1) problems.forbidden(field, 'may not specify more than 1 volume type per source')
  if (isRecord(part.configMap) && text(part.configMap.name) === '') problems.required(`${field}.configMap.name`)
  if (isRecord(part.secret) && text(part.secret.name) === '') problems.required(`${field}.secret.name`)
  if (isRecord(part.serviceAccountToken) && text(part.serviceAccountToken.path) === '')
    problems.required(`${field}.serviceAccountToken.path`)
}

function checkItems(problems: Problems, field: string, items: unknown): void {
  for (const [index, item] of records(items).entries()) {
    const at = `${field}[${index}]`
    if (text(item.key) === '') problems.required(`${at}.key`)
    else for (const fault of configKeyFaults(text(item.key))) problems.invalid(`${at}.key`, item.key, fault)
    const path = text(item.path)
    if (path === '') problems.required(`${at}.path`)
    else if (path.startsWith('/')) problems.invalid(`${at}.path`, path, 'must be a relative path')
    else if (path.split('/').includes('..')) problems.invalid(`${at}.path`, path, "must not contain '..'")
    checkMode(problems, `${at}.mode`, item.mode)
  }
}

function checkMode(problems: Problems, field: string, mode: unknown): void {
  if (typeof mode === 'number' && (mode < 0 || mode > 0o777))
    problems.invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive')
}
