import { type BuiltInResource, builtInResources, builtInSchema } from '@driftless/kube-objects'
import type { ServedKind, Subresources, TableColumn } from '@driftless/kube-server'
import { record, records, text } from '../json.ts'
import { strategyOf } from '../strategies/strategy-table.ts'
import { type Cells, commonCells } from './columns/cell.ts'
import { cellsByKind } from './columns/cells-by-kind.ts'
import { selectableFields } from './selectable-fields.ts'

/** Every built-in kind of the recorded API server, with its names, verbs, columns and rules. */
export function builtInKinds(): ServedKind[] {
  return builtInResources.map(servedKind)
}

function servedKind(resource: BuiltInResource): ServedKind {
  const { group, version, kind, plural, singular, namespaced, verbs } = resource
  const schema = builtInSchema({ group, version, kind })
  const fields = selectableFields[`${group}/${kind}`]
  return {
    group,
    version,
    kind,
    plural,
    singular,
    namespaced,
    verbs,
    ...(resource.shortNames === undefined ? {} : { shortNames: resource.shortNames }),
    ...(resource.categories === undefined ? {} : { categories: resource.categories }),
    ...(schema === undefined ? {} : { schema }),
    ...(fields === undefined ? {} : { selectableFields: fields }),
    ...(group === '' && kind === 'Endpoints'
      ? { deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice' }
      : {}),
    storage: resource.preferred === true || group === '',
    columns: columnsOf(resource),
    subresources: subresourcesOf(resource),
    strategy: strategyOf({ group, version, kind }),
  }
}

/** Kinds without columns of their own get the API server's generic ones. */
function columnsOf(resource: BuiltInResource): TableColumn[] {
  const declared = Array.isArray(resource.columns) && resource.columns.length > 0 ? resource.columns : genericColumns
  const cells: Cells = cellsByKind[resource.kind] ?? {}
  return declared.map((column: unknown) => {
    const [name, type, format, priority] = Array.isArray(column) ? column : []
    const title = text(name)
    return {
      name: title,
      type: text(type),
      format: text(format),
      priority: typeof priority === 'number' ? priority : 0,
      cell: cells[title] ?? commonCells[title] ?? (() => null),
    }
  })
}

const genericColumns = [
  ['Name', 'string', 'name', 0],
  ['Created At', 'date', '', 0],
]

function subresourcesOf(resource: BuiltInResource): Subresources {
  const names = new Set(records(resource.subresources).map((subresource) => text(record(subresource).name)))
  return {
    ...(names.has('status') ? { status: true } : {}),
    ...(names.has('scale') ? { scale: scalePaths } : {}),
    ...(names.has('log') ? { log: true } : {}),
    ...(names.has('eviction') ? { eviction: true } : {}),
    ...(names.has('finalize') ? { finalize: true } : {}),
    ...(names.has('token') ? { token: true } : {}),
    ...(names.has('binding') ? { binding: true } : {}),
  }
}

const scalePaths = {
  specReplicasPath: '.spec.replicas',
  statusReplicasPath: '.status.replicas',
  labelSelectorPath: '.spec.selector',
}
