import { FileNotLoaded, messageOf } from '@driftless/foundation'
import { parseYamlDocuments } from '@driftless/kube-objects'
import type { FieldSpec } from '../config/field-spec.ts'
import {
  emptyConfig,
  fieldSpecLists,
  mergeConfigs,
  sortByKind,
  type TransformerConfig,
} from '../config/transformer-config.ts'
import { KustomizeErrors } from '../errors.ts'
import { isMap } from '../values/scalar.ts'
import { fieldOf } from '../values/tree.ts'
import { fieldSpec } from './kustomization.ts'
import type { Loader } from './loader.ts'
import { filled, listOf, optionalText, type Read, record } from './shape.ts'

const configurationShape = filled(
  record('TransformerConfig', {
    ...(Object.fromEntries(fieldSpecLists.map((name) => [name, listOf(fieldSpec)])) as Record<
      (typeof fieldSpecLists)[number],
      ReturnType<typeof listOf<Read<typeof fieldSpec>>>
    >),
    nameReference: listOf(
      filled(
        record('NameBackReferences', {
          group: optionalText,
          version: optionalText,
          kind: optionalText,
          fieldSpecs: listOf(fieldSpec),
        }),
      ),
    ),
  }),
)

/** Reads the files of `configurations`. Throws `KUSTOMIZE_CONFIGURATION`. */
export function readConfigurations(loader: Loader, paths: readonly string[]): TransformerConfig {
  let config = emptyConfig
  for (const path of paths) config = mergeConfigs(config, readConfiguration(loader, path))
  return config
}

function readConfiguration(loader: Loader, path: string): TransformerConfig {
  const content = loader.load(path)
  try {
    const [document] = parseYamlDocuments(content, { file: path })
    const read = configurationShape.read(document, { path: 'TransformerConfig', strict: true })
    const lists = fieldSpecLists.map((name) => [name, sortByKind((read[name] ?? []).map(tidy))])
    const references = (read.nameReference ?? []).map((reference) => ({
      ...selectorOf(reference),
      fieldSpecs: (reference.fieldSpecs ?? []).map(tidy),
    }))
    return { ...(Object.fromEntries(lists) as TransformerConfig), nameReference: sortByKind(references) }
  } catch (error) {
    if (error instanceof FileNotLoaded) throw error
    throw KustomizeErrors.CONFIGURATION(
      { file: path, reason: messageOf(error) },
      { cause: error, place: { file: path } },
    )
  }
}

/** Reads the files of `crds`: OpenAPI definitions whose extensions say what fields mean. */
export function readCrds(loader: Loader, paths: readonly string[]): TransformerConfig {
  let config = emptyConfig
  for (const path of paths) {
    const [document] = parseYamlDocuments(loader.load(path), { file: path })
    if (isMap(document)) config = mergeConfigs(config, configOfDefinitions(document))
  }
  return config
}

type Draft = { [K in 'commonAnnotations' | 'commonLabels' | 'namePrefix']: FieldSpec[] } & {
  nameReference: { kind: string; version: string; fieldSpecs: FieldSpec[] }[]
}

function configOfDefinitions(definitions: { [field: string]: unknown }): TransformerConfig {
  const draft: Draft = { commonAnnotations: [], commonLabels: [], namePrefix: [], nameReference: [] }
  for (const name of Object.keys(definitions)) {
    const properties = propertiesOf(definitions, name)
    if (!['kind', 'apiVersion', 'metadata'].every((field) => field in properties)) continue
    collect(draft, { definitions, name, kind: name.split('.').pop() ?? name, path: [] })
  }
  return mergeConfigs(emptyConfig, { ...emptyConfig, ...draft })
}

function propertiesOf(definitions: { [field: string]: unknown }, name: string): { [field: string]: unknown } {
  const properties = fieldOf(fieldOf(fieldOf(definitions, name), 'Schema'), 'properties')
  return isMap(properties) ? properties : {}
}

interface Visit {
  readonly definitions: { [field: string]: unknown }
  readonly name: string
  readonly kind: string
  readonly path: readonly string[]
}

const maxReferences = 30

function collect(draft: Draft, visit: Visit): void {
  const { definitions, name, kind, path } = visit
  if (path.length > maxReferences) {
    throw KustomizeErrors.TOO_LARGE({ what: 'nested references of an OpenAPI definition', limit: maxReferences })
  }
  for (const [field, property] of Object.entries(propertiesOf(definitions, name))) {
    const here = { kind, path: [...path, field].join('/') }
    const has = (extension: string) => typeof fieldOf(property, `x-kubernetes-${extension}`) === 'string'
    const value = (extension: string) => fieldOf(property, `x-kubernetes-${extension}`) as string
    if (has('annotation')) draft.commonAnnotations.push(here)
    if (has('label-selector')) draft.commonLabels.push(here)
    if (has('identity')) draft.namePrefix.push(here)
    if (has('object-ref-api-version') && has('object-ref-kind')) {
      const key = has('object-ref-name-key') ? value('object-ref-name-key') : 'name'
      draft.nameReference.push({
        kind: value('object-ref-kind'),
        version: value('object-ref-api-version'),
        fieldSpecs: [{ kind, path: `${here.path}/${key}` }],
      })
    }
    const ref = fieldOf(property, '$ref')
    if (typeof ref === 'string') collect(draft, { ...visit, name: ref, path: [...path, field] })
  }
}

/** A field spec as configured, without the parts that are not there. */
export function tidy({ path, create, ...gvk }: Read<typeof fieldSpec>): FieldSpec {
  return { path, ...(create ? { create } : {}), ...selectorOf(gvk) }
}

function selectorOf({
  group,
  version,
  kind,
}: {
  group: string | undefined
  version: string | undefined
  kind: string | undefined
}): {
  group?: string
  version?: string
  kind?: string
} {
  return { ...(group ? { group } : {}), ...(version ? { version } : {}), ...(kind ? { kind } : {}) }
}
