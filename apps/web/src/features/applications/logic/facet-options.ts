import { healthFilterOrder, syncFilterOrder } from '#lib/status/tones.ts'
import type { FacetName } from './list-state.ts'

/** One line of a filter. */
export interface FacetOption {
  readonly value: string
  readonly count: number
}

const fixedOrder: Partial<Record<FacetName, readonly string[]>> = { sync: syncFilterOrder, health: healthFilterOrder }

/** The lines of a filter: statuses always and worst first, others by count; a chosen value stays in sight when nothing has it. */
export function facetOptions(
  name: FacetName,
  counted: readonly FacetOption[],
  chosen: readonly string[],
): FacetOption[] {
  const counts = new Map(counted.map((option) => [option.value, option.count]))
  for (const value of chosen) if (!counts.has(value)) counts.set(value, 0)
  const order = fixedOrder[name]
  if (order !== undefined) return order.map((value) => ({ value, count: counts.get(value) ?? 0 }))
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
    .slice(0, 12)
}
