import { type GoMap, type GoValue, isMap, setKey } from '../../value/go-value.ts'
import { isTrue } from '../../value/truth.ts'

/**
 * Merges a map into another, in place, as sprig's `merge` (what is set and not empty stays) and `mergeOverwrite` do.
 * Maps merge key by key; a map or list that is taken over is shared with the source, as in Go.
 */
export function mergeInto(target: GoMap, source: GoMap, overwrite: boolean): void {
  for (const key of Object.keys(source)) {
    const next = source[key]
    if (next === null || next === undefined) {
      if (overwrite) setKey(target, key, null)
      continue
    }
    const current = Object.hasOwn(target, key) ? target[key] : undefined
    const bothMaps = isMap(next) && isMap(current)
    if (bothMaps) mergeInto(current, next, overwrite)
    if (takesOver({ current, overwrite, bothMaps })) setKey(target, key, next)
  }
}

function takesOver(choice: { current: GoValue; overwrite: boolean; bothMaps: boolean }): boolean {
  const { current, overwrite, bothMaps } = choice
  if (!isTrue(current)) return true
  if (bothMaps) return false
  return overwrite
}
