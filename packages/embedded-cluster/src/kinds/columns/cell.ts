import type { JsonObject, KubeObject } from '@driftless/kube-objects'
import { ageSince } from '@driftless/kube-server'
import { isRecord, list, record, records, text } from '../../json.ts'

/** Computes one cell of a `kubectl get` table. */
export type Cell = (object: KubeObject, now: Date) => unknown

/** The cells of one kind by the name of their column; columns that are absent here use {@link commonCells}. */
export type Cells = Readonly<Record<string, Cell>>

/** Cells that mean the same for every kind. */
export const commonCells: Cells = {
  Name: (object) => object.metadata.name ?? '',
  Age: (object, now) => ageSince(object.metadata.creationTimestamp, now),
  'Created At': (object) => object.metadata.creationTimestamp ?? null,
}

/** `spec` of an object. */
export function specOf(object: KubeObject): JsonObject {
  return record(object.spec)
}

/** `status` of an object. */
export function statusOf(object: KubeObject): JsonObject {
  return record(object.status)
}

/** Names joined by commas, `<none>` for none. */
export function joined(values: readonly unknown[], none = '<none>'): string {
  const names = values.filter((value) => value !== undefined && value !== '')
  return names.length === 0 ? none : names.join(',')
}

/** A label selector as `kubectl` prints it, keys sorted. */
export function selectorText(selector: unknown): string {
  if (!isRecord(selector)) return '<none>'
  const { matchLabels, matchExpressions } = selector
  const labels = isRecord(matchLabels) ? labelTexts(matchLabels) : []
  return joined([...labels, ...records(matchExpressions).map(expressionText)])
}

/** Labels as `k=v` texts, keys sorted. */
export function labelTexts(labels: JsonObject): string[] {
  return Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key]}`)
}

/** Containers and Images columns of a pod template found at `template`. */
export function templateCells(template: (object: KubeObject) => unknown): Cells {
  const containers = (object: KubeObject) => records(record(record(template(object)).spec).containers)
  return {
    Containers: (object) =>
      containers(object)
        .map((container) => text(container.name))
        .join(','),
    Images: (object) =>
      containers(object)
        .map((container) => text(container.image))
        .join(','),
  }
}

function expressionText(expression: JsonObject): string {
  const key = text(expression.key)
  const values = [...list(expression.values)].map(String).sort().join(',')
  if (expression.operator === 'In') return `${key} in (${values})`
  if (expression.operator === 'NotIn') return `${key} notin (${values})`
  return expression.operator === 'DoesNotExist' ? `!${key}` : key
}
