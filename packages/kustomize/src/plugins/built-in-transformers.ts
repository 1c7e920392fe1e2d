import type { Target } from '../accumulate/accumulator.ts'
import type { FieldSpec } from '../config/field-spec.ts'
import { addHashes } from '../generators/add-hashes.ts'
import { configureJson6902, configurePatch, configureStrategic } from '../load/configure-patch.ts'
import { tidy } from '../load/read-configuration.ts'
import { readReplacements } from '../load/read-replacements.ts'
import { applyReplacements } from '../replacements/apply-replacements.ts'
import type { Resource } from '../resources/resource.ts'
import { setImages } from '../transformers/images.ts'
import { setPairs } from '../transformers/labels.ts'
import { setNamespace } from '../transformers/namespace.ts'
import { addPrefix, addSuffix } from '../transformers/prefix-suffix.ts'
import { setReplicas } from '../transformers/replicas.ts'
import type { Transformer } from '../transformers/transformer.ts'
import { pluginShapes } from './plugin-shapes.ts'
import { pluginFailure, readPlugin } from './read-plugin.ts'
import { configureValueAdd } from './value-add.ts'

type Configure = (resource: Resource, target: Target) => Transformer

/** Transformers that configurations of `apiVersion: builtin` may ask for. */
export const builtInTransformers: Readonly<Record<string, Configure>> = {
  AnnotationsTransformer: (resource) => {
    const { annotations, fieldSpecs } = readPlugin(resource, pluginShapes.annotations)
    return setPairs(annotations ?? {}, specsOf(fieldSpecs))
  },
  LabelTransformer: (resource) => {
    const { labels, fieldSpecs } = readPlugin(resource, pluginShapes.labels)
    return setPairs(labels ?? {}, specsOf(fieldSpecs))
  },
  PrefixTransformer: prefix,
  SuffixTransformer: suffix,
  PrefixSuffixTransformer: (resource) => {
    const steps = [prefix(resource), suffix(resource)]
    return (resources) => {
      for (const step of steps) step(resources)
    }
  },
  NamespaceTransformer: namespace,
  ImageTagTransformer: (resource) => {
    const { imageTag, fieldSpecs } = readPlugin(resource, pluginShapes.image)
    return setImages(imageTag, specsOf(fieldSpecs))
  },
  ReplicaCountTransformer: (resource) => {
    const { replica, fieldSpecs } = readPlugin(resource, pluginShapes.replicas)
    return setReplicas(replica.name, replica.count, specsOf(fieldSpecs))
  },
  PatchTransformer: (resource, { loader, state }) =>
    configurePatch(readPlugin(resource, pluginShapes.patch), loader, () => state.schema),
  PatchStrategicMergeTransformer: (resource, { loader, state }) => {
    const { paths, patches } = readPlugin(resource, pluginShapes.strategic)
    if ((paths ?? []).length === 0 && patches === '')
      throw pluginFailure(resource, 'empty file path and empty patch content')
    return configureStrategic(paths ?? [], loader, { schema: () => state.schema, text: patches })
  },
  PatchJson6902Transformer: (resource, { loader }) => {
    const { target, path, jsonOp } = readPlugin(resource, pluginShapes.json6902)
    return configureJson6902({ target, path, operations: jsonOp }, loader)
  },
  ReplacementTransformer: (resource, { loader }) =>
    applyReplacements(readReplacements(readPlugin(resource, pluginShapes.replacements).replacements ?? [], loader)),
  HashTransformer: () => addHashes,
  ValueAddTransformer: configureValueAdd,
}

function prefix(resource: Resource): Transformer {
  const { prefix: text, fieldSpecs } = readPlugin(resource, pluginShapes.prefix)
  if (fieldSpecs === undefined) throw pluginFailure(resource, 'fieldSpecs is not expected to be nil')
  return addPrefix(text, specsOf(fieldSpecs))
}

function suffix(resource: Resource): Transformer {
  const { suffix: text, fieldSpecs } = readPlugin(resource, pluginShapes.suffix)
  if (fieldSpecs === undefined) throw pluginFailure(resource, 'fieldSpecs is not expected to be nil')
  return addSuffix(text, specsOf(fieldSpecs))
}

function namespace(resource: Resource): Transformer {
  const { metadata, fieldSpecs, unsetOnly, setRoleBindingSubjects } = readPlugin(resource, pluginShapes.namespace)
  const subjects = setRoleBindingSubjects || 'defaultOnly'
  if (subjects !== 'defaultOnly' && subjects !== 'allServiceAccounts' && subjects !== 'none') {
    const reason = `invalid value "${subjects}" for setRoleBindingSubjects: must be one of "defaultOnly", "none" or "allServiceAccounts"`
    throw pluginFailure(resource, reason)
  }
  return setNamespace({ namespace: metadata?.namespace ?? '', specs: specsOf(fieldSpecs), subjects, unsetOnly })
}

function specsOf(specs: readonly Parameters<typeof tidy>[0][] | undefined): FieldSpec[] {
  return (specs ?? []).map(tidy)
}
