export { type ApplyConflict, type ConflictCause, conflictCauses, conflictMessage } from './apply/conflict.ts'
export { LAST_APPLIED } from './apply/last-applied.ts'
export { ownersOf } from './apply/owners.ts'
export { type ApplyRequest, type ApplyResult, serverSideApply } from './apply/server-side-apply.ts'
export { type UpdateRequest, updateManagedFields } from './apply/update.ts'
export { applyDefaults } from './defaults/apply-defaults.ts'
export { applySchemaDefaults } from './defaults/schema-defaults.ts'
export {
  ApplyErrors,
  MAX_DEPTH,
  ManifestErrors,
  ObjectErrors,
  PatchErrors,
  QuantityErrors,
  SelectorErrors,
  YamlErrors,
} from './errors.ts'
export { canonicalJson, cloneJson, deepEqual } from './json/values.ts'
export {
  formatApiVersion,
  formatGroupKind,
  formatKey,
  type GroupVersionKind,
  gvkOf,
  type Json,
  type JsonObject,
  type KubeObject,
  keyOf,
  type ManagedFieldsEntry,
  type ObjectKey,
  type ObjectMeta,
  type OwnerReference,
  parseApiVersion,
  parseKey,
} from './object.ts'
export { applyJsonPatch, type JsonPatchOperation } from './patch/json-patch.ts'
export { applyMergePatch, createMergePatch, createThreeWayMergePatch } from './patch/merge-patch.ts'
export { applyStrategicPatch } from './patch/strategic-apply.ts'
export { createStrategicPatch, createThreeWayStrategicPatch } from './patch/strategic-create.ts'
export { canonicalQuantity, compareQuantities, parseQuantity, type Quantity } from './quantity.ts'
export {
  type BuiltInResource,
  builtInResources,
  builtInSchema,
  builtInScope,
  builtInType,
  builtInTypes,
} from './schema/builtin.ts'
export { schemaFromCrd } from './schema/crd.ts'
export { pruneUnknown } from './schema/prune.ts'
export type { TypeSchema } from './schema/type-schema.ts'
export { toWireForm } from './schema/wire-form.ts'
export { type LabelSelector, matchesSelector, type SelectorRequirement } from './selector/match.ts'
export { type LabelPredicate, parseFieldSelector, parseLabelSelector } from './selector/parse.ts'
export { parseManifests } from './yaml/manifests.ts'
export { type ParseYamlOptions, parseYaml, parseYamlDocuments } from './yaml/parse.ts'
export { printYaml, printYamlOrdered } from './yaml/print.ts'
