import { joinPath } from '@driftless/foundation'
import type { KubeObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { GeneratorEntry, GeneratorOptions, Kustomization } from '../load/kustomization.ts'
import { append, type Place, readFile } from '../resources/accumulate.ts'
import { createResource, currentId, formatId, originalId, type Resource } from '../resources/resource.ts'
import { bytesToBase64 } from './base64.ts'
import { parseEnvFile } from './env-file.ts'

/** Adds the ConfigMaps and Secrets that a kustomization generates, or merges them into those of a base. */
export function addGenerated(resources: Resource[], kustomization: Kustomization, place: Place): void {
  for (const entry of kustomization.configMaps) {
    const options = mergeOptions(kustomization.generatorOptions, entry.options)
    absorb(resources, entry, generate(entry, options, { kind: 'ConfigMap', kustomization, place }))
  }
  for (const entry of kustomization.secrets) {
    const options = mergeOptions(kustomization.generatorOptions, entry.options)
    absorb(resources, entry, generate(entry, options, { kind: 'Secret', kustomization, place }))
  }
}

interface GeneratorSite {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly kustomization: Kustomization
  readonly place: Place
}

function generate(entry: GeneratorEntry, options: GeneratorOptions, site: GeneratorSite): Resource {
  const data: Record<string, string> = {}
  const binaryData: Record<string, string> = {}
  for (const [key, content] of contents(entry, site)) {
    if (key in data || key in binaryData)
      throw failure(entry, site, `cannot add key ${key}, another key by that name already exists`)
    if (site.kind === 'Secret') data[key] = bytesToBase64(content)
    else if (isUtf8(content)) data[key] = new TextDecoder().decode(content)
    else binaryData[key] = bytesToBase64(content)
  }
  const { labels = {}, annotations = {} } = options
  const object: KubeObject = {
    apiVersion: 'v1',
    kind: site.kind,
    metadata: {
      name: entry.name,
      ...(entry.namespace === undefined ? {} : { namespace: entry.namespace }),
      ...(Object.keys(labels).length === 0 ? {} : { labels: { ...labels } }),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    },
    ...(site.kind === 'Secret' ? { type: entry.type ?? 'Opaque' } : {}),
    ...(Object.keys(data).length === 0 ? {} : { data }),
    ...(Object.keys(binaryData).length === 0 ? {} : { binaryData }),
    ...(options.immutable === true ? { immutable: true } : {}),
  }
  return createResource(object, { needsHash: options.disableNameSuffixHash !== true, behavior: entry.behavior })
}

/** Key and content of everything an entry names, env files first, then files, then literals, as kustomize loads them. */
function* contents(entry: GeneratorEntry, site: GeneratorSite): Generator<[string, Uint8Array]> {
  const { place } = site
  const encoder = new TextEncoder()
  for (const path of entry.envs) {
    const text = readFile(joinPath(place.directory, path), place)
    for (const [key, value] of parseEnvFile(text)) yield [key, encoder.encode(value)]
  }
  for (const file of entry.files) {
    const equals = file.indexOf('=')
    const path = equals < 0 ? file : file.slice(equals + 1)
    const key = equals < 0 ? (path.split('/').pop() ?? path) : file.slice(0, equals)
    if (key === '' || path === '') throw failure(entry, site, `invalid file source ${file}, expected key=value`)
    readFile(joinPath(place.directory, path), place)
    yield [key, place.tree.read(joinPath(place.directory, path)) ?? new Uint8Array()]
  }
  for (const literal of entry.literals) {
    const equals = literal.indexOf('=')
    if (equals <= 0) throw failure(entry, site, `invalid literal source ${literal}, expected key=value`)
    yield [literal.slice(0, equals), encoder.encode(unquote(literal.slice(equals + 1)))]
  }
}

function absorb(resources: Resource[], entry: GeneratorEntry, generated: Resource): void {
  if (entry.behavior === 'create') {
    append(resources, [generated])
    return
  }
  const wanted = currentId(generated)
  const matching = resources.find((resource) => {
    const ids = [...resource.formerIds, currentId(resource)]
    return (
      ids.some((id) => id.kind === wanted.kind && id.name === wanted.name) && sameNamespace(resource, wanted.namespace)
    )
  })
  if (matching === undefined) {
    throw KustomizeErrors.NO_MATCH({ id: formatId(wanted), file: `${entry.behavior} of ${entry.name}` })
  }
  matching.object = combine(matching.object, generated.object, entry.behavior)
  matching.needsHash = matching.needsHash || generated.needsHash
}

function combine(base: KubeObject, added: KubeObject, behavior: 'replace' | 'merge'): KubeObject {
  const keep = behavior === 'merge'
  const merged = (field: 'data' | 'binaryData') => {
    const values = {
      ...(keep ? (base[field] as object | undefined) : undefined),
      ...(added[field] as object | undefined),
    }
    return Object.keys(values).length === 0 ? {} : { [field]: values }
  }
  const labels = { ...base.metadata.labels, ...added.metadata.labels }
  const annotations = { ...base.metadata.annotations, ...added.metadata.annotations }
  const { data: _, binaryData: __, ...rest } = base
  return {
    ...rest,
    metadata: {
      ...base.metadata,
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    ...merged('data'),
    ...merged('binaryData'),
  }
}

function sameNamespace(resource: Resource, namespace: string): boolean {
  return namespace === '' || originalId(resource).namespace === namespace || currentId(resource).namespace === namespace
}

function mergeOptions(common: GeneratorOptions, own: GeneratorOptions): GeneratorOptions {
  return {
    labels: { ...common.labels, ...own.labels },
    annotations: { ...common.annotations, ...own.annotations },
    disableNameSuffixHash: own.disableNameSuffixHash ?? common.disableNameSuffixHash ?? false,
    immutable: own.immutable ?? common.immutable ?? false,
  }
}

function unquote(text: string): string {
  const quote = text[0]
  const closed = text.length >= 2 && (quote === '"' || quote === "'") && text.endsWith(quote)
  return closed ? text.slice(1, -1) : text
}

function isUtf8(content: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content)
    return true
  } catch {
    return false
  }
}

function failure(entry: GeneratorEntry, site: GeneratorSite, reason: string): Error {
  return KustomizeErrors.GENERATOR(
    { name: entry.name, file: site.kustomization.file, reason },
    { place: { file: site.kustomization.file } },
  )
}
