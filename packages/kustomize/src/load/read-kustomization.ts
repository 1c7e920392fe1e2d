import { FileNotLoaded, type FileTree, messageOf } from '@driftless/foundation'
import { type JsonObject, parseYamlDocuments } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type {
  GeneratorEntry,
  GeneratorOptions,
  ImageEntry,
  Kustomization,
  LabelEntry,
  PatchEntry,
} from './kustomization.ts'

/** The names a kustomization file may have, in the order they are looked for. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

const knownFields = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'crds',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'images',
  'imageTags',
  'replicas',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'sortOptions',
  'buildMetadata',
])

const laterFields = new Set([
  'replacements',
  'vars',
  'openapi',
  'configurations',
  'helmCharts',
  'helmChartInflationGenerator',
  'helmGlobals',
  'generators',
  'transformers',
  'validators',
])

/** Reads the one kustomization file of a directory. */
export function readKustomization(tree: FileTree, directory: string): Kustomization {
  const path = (name: string) => (directory === '' ? name : `${directory}/${name}`)
  const present = kustomizationNames.filter((name) =>
    tree.list(directory)?.some((entry) => entry.name === name && entry.kind !== 'directory'),
  )
  if (present.length > 1) throw KustomizeErrors.AMBIGUOUS({ path: directory || '.' })
  const [name] = present
  if (name === undefined) throw KustomizeErrors.NO_KUSTOMIZATION({ path: directory || '.' })
  const file = path(name)
  const content = tree.read(file)
  if (content === undefined) throw KustomizeErrors.INVALID({ file, reason: 'it cannot be read' })
  return interpret(parse(new TextDecoder().decode(content), file), file)
}

function parse(text: string, file: string): JsonObject {
  try {
    const documents = parseYamlDocuments(text, { file })
    if (documents.length > 1) throw new Error('it holds more than one document')
    const [document = {}] = documents
    if (typeof document !== 'object' || document === null || Array.isArray(document))
      throw new Error('it is no mapping')
    return document as JsonObject
  } catch (error) {
    if (error instanceof FileNotLoaded) throw error
    throw KustomizeErrors.INVALID({ file, reason: messageOf(error) }, { cause: error, place: { file } })
  }
}

function interpret(raw: JsonObject, file: string): Kustomization {
  for (const field of Object.keys(raw)) {
    if (laterFields.has(field)) throw KustomizeErrors.UNSUPPORTED({ field, file })
    if (!knownFields.has(field)) throw KustomizeErrors.INVALID({ file, reason: `unknown field "${field}"` })
  }
  const read = new FieldReader(raw, file)
  const generatorOptions = readOptions(read.object('generatorOptions'))
  return {
    file,
    component: raw.kind === 'Component',
    resources: [...read.strings('resources'), ...read.strings('bases')],
    components: read.strings('components'),
    crds: read.strings('crds'),
    namespace: read.string('namespace'),
    namePrefix: read.string('namePrefix') ?? '',
    nameSuffix: read.string('nameSuffix') ?? '',
    labels: [...read.objects('labels').map(readLabels), ...commonLabels(read.object('commonLabels'))],
    annotations: stringValues(read.object('commonAnnotations')),
    patches: readPatches(read),
    jsonPatches: read.objects('patchesJson6902') as PatchEntry[],
    images: [...read.objects('images'), ...read.objects('imageTags')].map((image) => readImage(image)),
    replicas: read.objects('replicas').map(({ name, count }) => ({ name: String(name), count: Number(count) })),
    configMaps: read.objects('configMapGenerator').map((entry) => readGenerator(entry)),
    secrets: read.objects('secretGenerator').map((entry) => readGenerator(entry)),
    generatorOptions,
    sortOrder: readSortOrder(read.object('sortOptions')),
    raw,
  }
}

function readPatches(read: FieldReader): PatchEntry[] {
  const strategic = read
    .strings('patchesStrategicMerge')
    .map((entry) => (entry.includes('\n') ? { patch: entry } : { path: entry }))
  return [...strategic, ...(read.objects('patches') as PatchEntry[])]
}

function readLabels(entry: JsonObject): LabelEntry {
  const fields = Array.isArray(entry.fields) ? (entry.fields as LabelEntry['fields']) : []
  return {
    pairs: stringValues(entry.pairs as JsonObject | undefined),
    includeSelectors: entry.includeSelectors === true,
    includeTemplates: entry.includeTemplates === true,
    fields,
  }
}

function commonLabels(pairs: JsonObject | undefined): LabelEntry[] {
  return pairs === undefined
    ? []
    : [{ pairs: stringValues(pairs), includeSelectors: true, includeTemplates: true, fields: [] }]
}

function readImage(entry: JsonObject): ImageEntry {
  const text = (field: string) => (entry[field] === undefined ? {} : { [field]: String(entry[field]) })
  return {
    name: String(entry.name ?? ''),
    ...text('newName'),
    ...text('newTag'),
    ...text('tagSuffix'),
    ...text('digest'),
  }
}

function readGenerator(entry: JsonObject): GeneratorEntry {
  const list = (field: string) => (Array.isArray(entry[field]) ? (entry[field] as unknown[]).map(String) : [])
  const behavior = entry.behavior === 'merge' || entry.behavior === 'replace' ? entry.behavior : 'create'
  return {
    name: String(entry.name ?? ''),
    ...(entry.namespace === undefined ? {} : { namespace: String(entry.namespace) }),
    behavior,
    literals: list('literals'),
    files: list('files'),
    envs: [...list('envs'), ...(entry.env === undefined ? [] : [String(entry.env)])],
    options: readOptions(entry.options as JsonObject | undefined),
    ...(entry.type === undefined ? {} : { type: String(entry.type) }),
  }
}

function readOptions(options: JsonObject | undefined): GeneratorOptions {
  if (options === undefined) return {}
  const flag = (field: string) => (options[field] === undefined ? {} : { [field]: options[field] === true })
  return {
    labels: stringValues(options.labels as JsonObject | undefined),
    annotations: stringValues(options.annotations as JsonObject | undefined),
    ...flag('disableNameSuffixHash'),
    ...flag('immutable'),
  }
}

function readSortOrder(options: JsonObject | undefined): 'legacy' | 'fifo' | undefined {
  return options?.order === 'fifo' || options?.order === 'legacy' ? options.order : undefined
}

function stringValues(map: JsonObject | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, String(value)]))
}

/** Reads fields of one document and names the field when its shape is wrong. */
class FieldReader {
  readonly #raw: JsonObject
  readonly #file: string
  constructor(raw: JsonObject, file: string) {
    this.#raw = raw
    this.#file = file
  }

  string(field: string): string | undefined {
    const value = this.#raw[field]
    return value === undefined || value === null || value === '' ? undefined : String(value)
  }

  strings(field: string): string[] {
    return this.#list(field).map((item) => {
      if (typeof item !== 'string') throw this.#wrong(field, 'a list of strings')
      return item
    })
  }

  objects(field: string): JsonObject[] {
    return this.#list(field).map((item) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item))
        throw this.#wrong(field, 'a list of mappings')
      return item as JsonObject
    })
  }

  object(field: string): JsonObject | undefined {
    const value = this.#raw[field]
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'object' || Array.isArray(value)) throw this.#wrong(field, 'a mapping')
    return value as JsonObject
  }

  #list(field: string): unknown[] {
    const value = this.#raw[field]
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) throw this.#wrong(field, 'a list')
    return value
  }

  #wrong(field: string, wanted: string): Error {
    return KustomizeErrors.INVALID(
      { file: this.#file, reason: `"${field}" must be ${wanted}` },
      { place: { file: this.#file } },
    )
  }
}
