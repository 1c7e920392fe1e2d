import type { KubeObject } from '@driftless/kube-objects'

/** The parts of a CustomResourceDefinition that the server reads; validated before they are stored. */
export interface Definition extends KubeObject {
  spec: DefinitionSpec
  status?: DefinitionStatus
}

/** `spec` of a CRD. */
export interface DefinitionSpec {
  group: string
  names: DefinitionNames
  scope: 'Namespaced' | 'Cluster'
  versions: DefinitionVersion[]
  preserveUnknownFields?: boolean
  conversion?: { strategy: string }
}

/** Names of a custom kind. */
export interface DefinitionNames {
  kind: string
  plural: string
  singular?: string
  listKind?: string
  shortNames?: string[]
  categories?: string[]
}

/** One version of a custom kind. */
export interface DefinitionVersion {
  name: string
  served: boolean
  storage: boolean
  deprecated?: boolean
  deprecationWarning?: string
  schema?: { openAPIV3Schema?: Record<string, unknown> }
  subresources?: {
    status?: object
    scale?: { specReplicasPath: string; statusReplicasPath: string; labelSelectorPath?: string }
  }
  additionalPrinterColumns?: PrinterColumn[]
  selectableFields?: { jsonPath: string }[]
}

/** One column of `kubectl get` for a custom kind. */
export interface PrinterColumn {
  name: string
  type: string
  jsonPath: string
  format?: string
  description?: string
  priority?: number
}

/** `status` of a CRD. */
export interface DefinitionStatus {
  conditions?: DefinitionCondition[] | null
  acceptedNames: DefinitionNames
  storedVersions?: string[]
}

/** One condition of a CRD. */
export interface DefinitionCondition {
  type: string
  status: 'True' | 'False'
  reason: string
  message: string
  lastTransitionTime: string
}
