/** One requirement of a label selector. */
export interface SelectorRequirement {
  key: string
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  values?: string[]
}

/** `metav1.LabelSelector`. */
export interface LabelSelector {
  matchLabels?: Record<string, string>
  matchExpressions?: SelectorRequirement[]
}

/** Whether labels satisfy a selector; an absent selector matches nothing, an empty one everything. */
export function matchesSelector(
  selector: LabelSelector | undefined,
  labels: Record<string, string> | undefined,
): boolean {
  if (selector === undefined || selector === null) return false
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (labelOf(labels, key) !== value) return false
  }
  return (selector.matchExpressions ?? []).every((requirement) => matchesRequirement(requirement, labels))
}

/** Whether labels satisfy one requirement; `NotIn` holds for objects without the label. */
export function matchesRequirement(
  requirement: SelectorRequirement,
  labels: Record<string, string> | undefined,
): boolean {
  const value = labelOf(labels, requirement.key)
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && (requirement.values ?? []).includes(value)
    case 'NotIn':
      return value === undefined || !(requirement.values ?? []).includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** A label's value; never something inherited. */
export function labelOf(labels: Record<string, string> | undefined, key: string): string | undefined {
  return labels && Object.hasOwn(labels, key) ? labels[key] : undefined
}
