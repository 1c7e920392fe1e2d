import type { Application, ResourceResult, ResourceStatus } from '@driftless/model'
import { formatTable } from './table.ts'

/** One line of an application's resource table. */
export interface ResourceRow {
  readonly group: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly status: string
  readonly health: string
  readonly hook: string
  readonly message: string
}

const headers = ['GROUP', 'KIND', 'NAMESPACE', 'NAME', 'STATUS', 'HEALTH', 'HOOK', 'MESSAGE']

/** First what the last operation did, in its order, then the other managed resources by key. */
export function resourceRows({ status }: Application): ResourceRow[] {
  const current = new Map((status?.resources ?? []).map((resource) => [keyOf(resource), resource]))
  const results = (status?.operationState?.syncResult?.resources ?? []).map((result) =>
    resultRow(result, current.get(keyOf(result))),
  )
  const done = new Set(results.map(keyOf))
  const others = [...current.values()]
    .filter((resource) => !done.has(keyOf(resource)))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  return [...results, ...others.map(statusRow)]
}

/** Identifies a resource among those of one application. */
export function keyOf(resource: { group?: string; kind: string; namespace?: string; name: string }): string {
  return `${resource.group ?? ''}/${resource.kind}/${resource.namespace ?? ''}/${resource.name}`
}

/** The resource table of `app get`. */
export function formatResources(rows: readonly ResourceRow[]): string {
  return formatTable(headers, rows.map(cellsOf))
}

/** The cells of a row, in the order of the headers. */
export function cellsOf(row: ResourceRow): string[] {
  return [row.group, row.kind, row.namespace, row.name, row.status, row.health, row.hook, row.message]
}

function resultRow(result: ResourceResult, current: ResourceStatus | undefined): ResourceRow {
  const { group, kind, namespace, name, message = '', hookType = '' } = result
  const isHook = hookType !== ''
  return {
    group,
    kind,
    namespace,
    name,
    status: isHook ? (result.hookPhase ?? '') : (current?.status ?? result.status ?? ''),
    health: isHook ? (result.status ?? '') : (current?.health?.status ?? ''),
    hook: hookType,
    message,
  }
}

function statusRow({ group = '', kind, namespace = '', name, status, health }: ResourceStatus): ResourceRow {
  return {
    group,
    kind,
    namespace,
    name,
    status: status ?? '',
    health: health?.status ?? '',
    hook: '',
    message: health?.message ?? '',
  }
}
