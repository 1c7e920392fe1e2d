import { compileFileMatch } from '../chart/file-match.ts'
import { HelmErrors } from '../errors.ts'
import type { Manifest } from './split-manifests.ts'

/** Keeps the manifests of the named templates, in the order of the names. Throws `HELM_RENDER_FAILED` for a name without any. */
export function showOnly<T extends Manifest>(manifests: readonly T[], names: readonly string[]): T[] {
  return names.flatMap((name) => {
    const matches = compileFileMatch(name) ?? (() => false)
    const found = manifests.filter(
      ({ source }) => source.includes('/') && matches(source.slice(source.indexOf('/') + 1)),
    )
    if (found.length === 0) throw HelmErrors.RENDER_FAILED({ message: `could not find template ${name} in chart` })
    return found
  })
}
