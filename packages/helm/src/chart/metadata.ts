import { parseVersion } from '@driftless/foundation'
import { quoteGo } from '@driftless/go-template'
import { HelmErrors } from '../errors.ts'
import { scalarText } from './scalar-text.ts'

/** A dependency as `Chart.yaml` declares it. */
export interface Dependency {
  readonly name: string
  readonly version: string
  readonly repository: string
  readonly condition: string
  readonly tags: readonly string[]
  /** Table names, or pairs of a child and a parent table. */
  readonly importValues: readonly (string | { readonly child: string; readonly parent: string })[]
  readonly alias: string
}

/** Who keeps a chart. */
export interface Maintainer {
  readonly name: string
  readonly email: string
  readonly url: string
}

/** `Chart.yaml`, with empty text where a field is absent. */
export interface Metadata {
  readonly name: string
  readonly home: string
  readonly sources: readonly string[]
  readonly version: string
  readonly description: string
  readonly keywords: readonly string[]
  readonly maintainers: readonly Maintainer[]
  readonly icon: string
  readonly apiVersion: string
  readonly condition: string
  readonly tags: string
  readonly appVersion: string
  readonly deprecated: boolean
  readonly annotations: Readonly<Record<string, string>> | undefined
  readonly kubeVersion: string
  /** `undefined` when the chart declares none. */
  readonly dependencies: readonly Dependency[] | undefined
  readonly type: string
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the parsed `Chart.yaml`; throws `HELM_CHART_INVALID` when a field has another type. */
export function readMetadata(data: unknown, file: string): Metadata {
  const fields = isFields(data) ? data : {}
  const text = (name: string) => textField(fields, name, { file, type: 'Metadata' })
  const texts = (name: string) => textsField(fields, name, { file, type: 'Metadata' })
  return {
    name: sanitize(text('name')),
    home: sanitize(text('home')),
    sources: texts('sources'),
    version: text('version'),
    description: sanitize(text('description')),
    keywords: texts('keywords'),
    maintainers: objects(fields, 'maintainers', file).map((item) => readMaintainer(item, file)),
    icon: sanitize(text('icon')),
    apiVersion: text('apiVersion') || 'v1',
    condition: sanitize(text('condition')),
    tags: sanitize(text('tags')),
    appVersion: sanitize(text('appVersion')),
    deprecated: fields.deprecated === true,
    annotations: annotationsOf(fields.annotations, file),
    kubeVersion: sanitize(text('kubeVersion')),
    dependencies: readDependencies(fields, file),
    type: text('type'),
  }
}

/** Reads the list that `requirements.yaml` (or `Chart.yaml`) holds; `undefined` when there is none. */
export function readDependencies(data: unknown, file: string): readonly Dependency[] | undefined {
  if (!isFields(data) || data.dependencies === undefined || data.dependencies === null) return undefined
  return objects(data, 'dependencies', file).map((item) => readDependency(item, file))
}

function readMaintainer(item: Fields, file: string): Maintainer {
  const text = (name: string) => sanitize(textField(item, name, { file, type: 'Maintainer' }))
  return { name: text('name'), email: text('email'), url: text('url') }
}

function readDependency(item: Fields, file: string): Dependency {
  const text = (name: string) => textField(item, name, { file, type: 'Dependency' })
  const imports = Array.isArray(item['import-values']) ? (item['import-values'] as unknown[]) : []
  return {
    name: sanitize(text('name')),
    version: sanitize(text('version')),
    repository: sanitize(text('repository')),
    condition: sanitize(text('condition')),
    tags: textsField(item, 'tags', { file, type: 'Dependency' }),
    importValues: imports.flatMap((entry): Dependency['importValues'] => {
      if (typeof entry === 'string') return [entry]
      return isFields(entry) ? [{ child: String(entry.child), parent: String(entry.parent) }] : []
    }),
    alias: text('alias'),
  }
}

function invalid(file: string, reason: string) {
  return HelmErrors.CHART_INVALID({ message: `cannot load ${file}: ${reason}` })
}

function mismatch(value: unknown, place: { file: string; path: string; expected: string }) {
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  return invalid(
    place.file,
    `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${found} into Go struct field ${place.path} of type ${place.expected}`,
  )
}

function textField(fields: Fields, name: string, place: { file: string; type: string }): string {
  const value = fields[name]
  if (value === undefined || value === null) return ''
  const text = scalarText(value)
  if (text === undefined) throw mismatch(value, { file: place.file, path: `${place.type}.${name}`, expected: 'string' })
  return text
}

function textsField(fields: Fields, name: string, place: { file: string; type: string }): readonly string[] {
  const value = fields[name]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value))
    throw mismatch(value, { file: place.file, path: `${place.type}.${name}`, expected: '[]string' })
  return value.map((item: unknown) => {
    if (item === null) return ''
    const text = scalarText(item)
    if (text === undefined)
      throw mismatch(item, { file: place.file, path: `${place.type}.${name}`, expected: 'string' })
    return sanitize(text)
  })
}

function objects(fields: Fields, name: string, file: string): readonly Fields[] {
  const value = fields[name]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value))
    throw mismatch(value, {
      file,
      path: `Metadata.${name}`,
      expected: `[]*v2.${name === 'maintainers' ? 'Maintainer' : 'Dependency'}`,
    })
  return value.map((item: unknown) => {
    if (item === null)
      throw HelmErrors.CHART_INVALID({ message: `validation: ${name} must not contain empty or null nodes` })
    if (!isFields(item))
      throw mismatch(item, {
        file,
        path: `Metadata.${name}`,
        expected: name === 'maintainers' ? 'v2.Maintainer' : 'v2.Dependency',
      })
    return item
  })
}

function annotationsOf(value: unknown, file: string): Readonly<Record<string, string>> | undefined {
  if (!isFields(value)) return undefined
  const entries = Object.entries(value).map(([key, item]): [string, string] => {
    if (item === null) return [key, '']
    const text = scalarText(item)
    if (text === undefined) throw mismatch(item, { file, path: 'Metadata.annotations', expected: 'string' })
    return [key, text]
  })
  return Object.fromEntries(entries)
}

/** White space becomes a space, what cannot be printed is dropped. */
function sanitize(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u00a0]/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
}

/** Checks what Helm checks when it loads a chart; throws `HELM_CHART_INVALID`. */
export function validateMetadata(metadata: Metadata): void {
  const fail = (message: string): never => {
    throw HelmErrors.CHART_INVALID({ message: `validation: ${message}` })
  }
  const { name, version, type } = metadata
  if (name === '') fail('chart.metadata.name is required')
  if (name === '.' || name === '..') fail(`chart.metadata.name ${quoteGo(name)} is not allowed`)
  if (name.includes('/')) fail(`chart.metadata.name ${quoteGo(name)} is invalid`)
  if (version === '') fail('chart.metadata.version is required')
  if (!isVersion(version)) fail(`chart.metadata.version ${quoteGo(version)} is invalid`)
  if (!['', 'application', 'library'].includes(type)) fail('chart.metadata.type must be application or library')
  const seen = new Set<string>()
  for (const dependency of metadata.dependencies ?? []) {
    if (dependency.alias !== '' && !/^[a-zA-Z0-9_-]+$/.test(dependency.alias)) {
      fail(`dependency ${quoteGo(dependency.name)} has disallowed characters in the alias`)
    }
    const key = dependency.alias || dependency.name
    if (seen.has(key)) fail(`more than one dependency with name or alias ${quoteGo(key)}`)
    seen.add(key)
  }
}

function isVersion(text: string): boolean {
  try {
    parseVersion(text)
    return true
  } catch {
    return false
  }
}
