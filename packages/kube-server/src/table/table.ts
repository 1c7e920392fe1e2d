import type { KubeObject } from '@driftless/kube-objects'
import type { ServedKind } from '../api/served-kind.ts'

/** What a Table row carries of its object. */
export type IncludeObject = 'None' | 'Metadata' | 'Object'

/** `metadata` of a list. */
export interface ListMeta {
  resourceVersion?: string
  continue?: string
  remainingItemCount?: number
}

/** Objects as a `meta.k8s.io/v1` Table; without columns for the later events of a watch. */
export function tableOf(
  kind: ServedKind,
  objects: readonly KubeObject[],
  options: { now: Date; include: IncludeObject; metadata: ListMeta; columns?: boolean },
): object {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: options.metadata,
    columnDefinitions: options.columns === false ? null : kind.columns.map(columnDefinition),
    rows: objects.map((object) => ({
      cells: kind.columns.map((column) => column.cell(object, options.now) ?? null),
      object: includedObject(object, options.include),
    })),
  }
}

/** An object reduced to its metadata. */
export function partialMetadata(object: KubeObject): KubeObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata }
}

function includedObject(object: KubeObject, include: IncludeObject): KubeObject | null {
  if (include === 'None') return null
  return include === 'Object' ? object : partialMetadata(object)
}

function columnDefinition({ name, type, format, priority, description }: ServedKind['columns'][number]): object {
  return { name, type, format: format ?? '', description: description ?? '', priority: priority ?? 0 }
}
