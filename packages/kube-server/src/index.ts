export { createKubeApi, type KubeApiOptions } from './api/create-kube-api.ts'
export type {
  ChangeEvent,
  ChangeListener,
  DeleteOptions,
  DeleteOutcome,
  KubeApi,
  ListOptions,
  ObjectRef,
  PatchRequest,
  WriteOptions,
} from './api/kube-api.ts'
export type {
  KindStrategy,
  ScalePaths,
  ServedKind,
  StrategyContext,
  Subresources,
  TableColumn,
} from './api/served-kind.ts'
export type { FieldProblem, FieldProblemType } from './status/field-problem.ts'
export { KubeStatusError, type StatusCause, type StatusDetails, type StatusObject } from './status/kube-status.ts'
export { memoryStorage } from './store/memory-storage.ts'
export type { ObjectStorage, StorageChange } from './store/object-storage.ts'
export { ageSince, formatAge } from './table/age.ts'
export { annotationProblems, labelProblems } from './validation/metadata.ts'
export {
  label1035Faults,
  labelFaults,
  labelValueFaults,
  pathSegmentFaults,
  qualifiedNameFaults,
  subdomainFaults,
} from './validation/names.ts'
export { createKubeListener, type KubeListenerOptions } from './wire/listener.ts'
export type { PodLogRequest, PodLogSource } from './wire/pod-log-source.ts'
