import { fieldSpec, imageEntry, patchEntry, replacementEntry, replicaEntry } from '../load/kustomization.ts'
import { filled, flag, listOf, mapOf, optionalText, record, text, whole } from '../load/shape.ts'

const fieldSpecs = listOf(fieldSpec)

/** Configurations of the built-in transformers, by what they hold. */
export const pluginShapes = {
  annotations: filled(record('AnnotationsTransformer', { annotations: mapOf(text), fieldSpecs })),
  labels: filled(record('LabelTransformer', { labels: mapOf(text), fieldSpecs })),
  prefix: filled(record('PrefixTransformer', { prefix: text, fieldSpecs })),
  suffix: filled(record('SuffixTransformer', { suffix: text, fieldSpecs })),
  namespace: filled(
    record('NamespaceTransformer', {
      metadata: record('ObjectMeta', { namespace: text }),
      fieldSpecs,
      unsetOnly: flag,
      setRoleBindingSubjects: text,
    }),
  ),
  image: filled(record('ImageTagTransformer', { imageTag: imageEntry, fieldSpecs })),
  replicas: filled(record('ReplicaCountTransformer', { replica: replicaEntry, fieldSpecs })),
  patch: patchEntry,
  strategic: filled(record('PatchStrategicMergeTransformer', { paths: listOf(text), patches: text })),
  json6902: filled(
    record('PatchJson6902Transformer', {
      target: record('Selector', {
        group: optionalText,
        version: optionalText,
        kind: optionalText,
        name: optionalText,
        namespace: optionalText,
        annotationSelector: optionalText,
        labelSelector: optionalText,
      }),
      path: optionalText,
      jsonOp: optionalText,
    }),
  ),
  replacements: filled(record('ReplacementTransformer', { replacements: listOf(replacementEntry) })),
  valueAdd: filled(
    record('ValueAddTransformer', {
      value: text,
      targetFilePath: text,
      targets: listOf(
        filled(
          record('Target', {
            selector: record('Selector', {
              group: optionalText,
              version: optionalText,
              kind: optionalText,
              name: optionalText,
              namespace: optionalText,
              annotationSelector: optionalText,
              labelSelector: optionalText,
            }),
            fieldPath: text,
            filePathPosition: whole,
          }),
        ),
      ),
    }),
  ),
} as const
