import { CliErrors } from '../../../errors.ts'

/** Chooses resources: `[!]GROUP:KIND:[NAMESPACE/]NAME`, each part may be `*` and the group may be empty. */
export interface ResourceSelector {
  readonly exclude: boolean
  readonly group: string
  readonly kind: string
  /** Undefined when any will do. */
  readonly namespace: string | undefined
  readonly name: string
}

/** Reads a selector. Throws `CLI_FATAL`. */
export function parseSelector(text: string): ResourceSelector {
  const exclude = text.startsWith('!')
  const parts = text.slice(exclude ? 1 : 0).split(':')
  const [group, kind, last] = parts
  if (parts.length !== 3 || group === undefined || kind === undefined || last === undefined || last === '')
    throw CliErrors.FATAL({
      message: `Resource should have GROUP:KIND:NAME or GROUP:KIND:NAMESPACE/NAME, but instead got: ${text}`,
    })
  const slash = last.indexOf('/')
  return {
    exclude,
    group: group.trim(),
    kind: kind.trim(),
    namespace: slash < 0 ? undefined : last.slice(0, slash).trim(),
    name: last.slice(slash + 1).trim(),
  }
}

/** Whether selectors choose a resource: one that includes it (or none that includes at all) and none that excludes it. */
export function matchesSelector(
  resource: { readonly group?: string; readonly kind: string; readonly namespace?: string; readonly name: string },
  selectors: readonly ResourceSelector[],
): boolean {
  const including = selectors.filter(({ exclude }) => !exclude)
  const names = (selector: ResourceSelector): boolean =>
    (selector.group === '*' || selector.group === (resource.group ?? '')) &&
    (selector.kind === '*' || selector.kind === resource.kind) &&
    (selector.namespace === undefined ||
      selector.namespace === '*' ||
      selector.namespace === (resource.namespace ?? '')) &&
    (selector.name === '*' || selector.name === resource.name)
  if (selectors.some((selector) => selector.exclude && names(selector))) return false
  return including.length === 0 || including.some(names)
}

/** The text of a selector. */
export function formatSelector({ exclude, group, kind, namespace, name }: ResourceSelector): string {
  return `${exclude ? '!' : ''}${group}:${kind}:${namespace === undefined ? '' : `${namespace}/`}${name}`
}
