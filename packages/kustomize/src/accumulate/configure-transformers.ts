import type { FieldSpec } from '../config/field-spec.ts'
import { mergeSpecs, type TransformerConfig } from '../config/transformer-config.ts'
import { configureJson6902, configurePatch, configureStrategic } from '../load/configure-patch.ts'
import type { Kustomization } from '../load/kustomization.ts'
import { tidy } from '../load/read-configuration.ts'
import { readReplacements } from '../load/read-replacements.ts'
import { applyReplacements } from '../replacements/apply-replacements.ts'
import type { Origin } from '../resources/origin.ts'
import { setImages } from '../transformers/images.ts'
import { setPairs } from '../transformers/labels.ts'
import { setNamespace } from '../transformers/namespace.ts'
import { addPrefix, addSuffix } from '../transformers/prefix-suffix.ts'
import { setReplicas } from '../transformers/replicas.ts'
import type { Transformer } from '../transformers/transformer.ts'
import type { Target } from './accumulator.ts'
import { builtinOrigin } from './configure-generators.ts'

/** A transformer with the origin that is noted as a change. */
export interface ConfiguredTransformer {
  readonly transformer: Transformer
  readonly origin: Origin | undefined
}

type Configure = (target: Target, config: TransformerConfig) => readonly Transformer[]

/** The transformers of a kustomization's own fields, in the order in which they run. */
export function configureTransformers(target: Target, config: TransformerConfig): ConfiguredTransformer[] {
  return order.flatMap(([kind, configure]) =>
    configure(target, config).map((transformer) => ({ transformer, origin: builtinOrigin(target, kind) })),
  )
}

const order: readonly (readonly [string, Configure])[] = [
  ['PatchStrategicMergeTransformer', strategicPatches],
  ['PatchTransformer', patches],
  ['NamespaceTransformer', namespace],
  [
    'PrefixTransformer',
    ({ kustomization: { namePrefix } }, config) => (namePrefix ? [addPrefix(namePrefix, config.namePrefix)] : []),
  ],
  [
    'SuffixTransformer',
    ({ kustomization: { nameSuffix } }, config) => (nameSuffix ? [addSuffix(nameSuffix, config.nameSuffix)] : []),
  ],
  ['LabelTransformer', ({ kustomization }, config) => labels(kustomization, config)],
  ['AnnotationsTransformer', annotations],
  ['PatchJson6902Transformer', jsonPatches],
  [
    'ReplicaCountTransformer',
    ({ kustomization }, config) =>
      (kustomization.replicas ?? []).map(({ name, count }) => setReplicas(name, count, config.replicas)),
  ],
  ['ImageTagTransformer', images],
  ['ReplacementTransformer', replacements],
]

function strategicPatches({ kustomization, loader, state }: Target): Transformer[] {
  const entries = kustomization.patchesStrategicMerge ?? []
  return entries.length === 0 ? [] : [configureStrategic(entries, loader, { schema: () => state.schema, text: '' })]
}

function patches({ kustomization, loader, state }: Target): Transformer[] {
  return (kustomization.patches ?? []).map((entry) => configurePatch(entry, loader, () => state.schema))
}

function namespace({ kustomization }: Target, config: TransformerConfig): Transformer[] {
  if (kustomization.namespace === '') return []
  const { namespace: name } = kustomization
  return [setNamespace({ namespace: name, specs: config.namespace, subjects: 'defaultOnly', unsetOnly: false })]
}

function labels({ labels: entries = [], commonLabels }: Kustomization, config: TransformerConfig): Transformer[] {
  if (entries.length === 0 && Object.keys(commonLabels ?? {}).length === 0) return []
  return [
    ...entries.map((entry) => setPairs(entry.pairs ?? {}, labelSpecs(entry, config))),
    setPairs(commonLabels ?? {}, config.commonLabels),
  ]
}

function labelSpecs(entry: NonNullable<Kustomization['labels']>[number], config: TransformerConfig): FieldSpec[] {
  const own = mergeSpecs((entry.fields ?? []).map(tidy), config.labels, 'labels')
  if (entry.includeSelectors) return mergeSpecs(own, config.commonLabels, 'labels')
  const templates = entry.includeTemplates ? mergeSpecs(own, config.templateLabels, 'labels') : own
  const claims = entry.includeVolumeClaimTemplates
    ? mergeSpecs(templates, config.volumeClaimTemplateLabels, 'labels')
    : templates
  return mergeSpecs(claims, [{ path: 'metadata/labels', create: true }], 'labels')
}

function annotations({ kustomization: { commonAnnotations = {} } }: Target, config: TransformerConfig): Transformer[] {
  return Object.keys(commonAnnotations).length === 0 ? [] : [setPairs(commonAnnotations, config.commonAnnotations)]
}

function jsonPatches({ kustomization, loader }: Target): Transformer[] {
  return (kustomization.patchesJson6902 ?? []).map(({ target, path, patch }) =>
    configureJson6902({ target, path, operations: patch }, loader),
  )
}

function images({ kustomization }: Target, config: TransformerConfig): Transformer[] {
  return (kustomization.images ?? []).map((entry) => setImages(entry, config.images))
}

function replacements({ kustomization, loader }: Target): Transformer[] {
  const entries = kustomization.replacements ?? []
  return entries.length === 0 ? [] : [applyReplacements(readReplacements(entries, loader))]
}
