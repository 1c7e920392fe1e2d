import { type FieldSet, formatFieldPath, pathsOf } from './field-set.ts'
import type { Managers } from './managers.ts'

/** A field that another manager owns with another value. */
export interface ApplyConflict {
  manager: string
  /** As the API server prints it: `.spec.replicas`. */
  field: string
  operation: 'Apply' | 'Update'
  /** Version the other manager wrote the field in. */
  apiVersion: string
  subresource?: string
  time?: string
}

/** One cause of the Status that refuses a conflicting apply. */
export interface ConflictCause {
  reason: 'FieldManagerConflict'
  message: string
  field: string
}

/** Conflicts in the order the API server lists them. */
export function listConflicts(managers: Managers, sets: Map<string, FieldSet>): ApplyConflict[] {
  const conflicts: ApplyConflict[] = []
  for (const identity of [...sets.keys()].sort()) {
    const [manager, set] = [managers.get(identity), sets.get(identity)]
    if (!manager || !set) continue
    for (const path of pathsOf(set)) {
      conflicts.push({
        manager: manager.manager,
        field: formatFieldPath(path),
        operation: manager.operation,
        apiVersion: manager.apiVersion,
        ...(manager.subresource === '' ? {} : { subresource: manager.subresource }),
        ...(manager.time === undefined ? {} : { time: manager.time }),
      })
    }
  }
  return conflicts
}

/** The message of the API server for conflicts: `Apply failed with 1 conflict: …`. */
export function conflictMessage(conflicts: readonly ApplyConflict[]): string {
  const [only] = conflicts
  if (conflicts.length === 1 && only)
    return `Apply failed with 1 conflict: conflict with ${managerText(only)}: ${only.field}`
  const lines: string[] = []
  let last = ''
  for (const conflict of conflicts) {
    const text = managerText(conflict)
    if (text !== last) lines.push(`conflicts with ${text}:`)
    last = text
    lines.push(`- ${conflict.field}`)
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`
}

/** The causes of the Status that refuses a conflicting apply. */
export function conflictCauses(conflicts: readonly ApplyConflict[]): ConflictCause[] {
  return conflicts.map((conflict) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(conflict)}`,
    field: conflict.field,
  }))
}

function managerText(conflict: ApplyConflict): string {
  const through = conflict.subresource ? ` with subresource ${JSON.stringify(conflict.subresource)}` : ''
  const version = conflict.operation === 'Update' ? ` using ${conflict.apiVersion}` : ''
  return `${JSON.stringify(conflict.manager)}${through}${version}`
}
