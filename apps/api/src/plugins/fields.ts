/** Reads a `fields` parameter: dotted paths; a leading `-` means all but these. */
interface FieldFilter {
  readonly exclude: boolean
  readonly paths: readonly (readonly string[])[]
}

/**
 * Keeps, or leaves out, the fields that a `fields` parameter lists (spec: api §1). Arrays are transparent, the parents of a
 * listed field are kept, and a listed field stands for all below it.
 */
export function filterFields(value: unknown, fields: string): unknown {
  const filter = readFilter(fields)
  if (filter.paths.length === 0) return value
  return filter.exclude ? without(value, filter.paths) : only(value, filter.paths)
}

function readFilter(fields: string): FieldFilter {
  const exclude = fields.startsWith('-')
  const paths = (exclude ? fields.slice(1) : fields)
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '')
    .map((path) => path.split('.'))
  return { exclude, paths }
}

function only(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (paths.some((path) => path.length === 0)) return value
  if (Array.isArray(value)) return value.map((item) => only(item, paths))
  if (!isRecord(value)) return undefined
  const kept: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(value)) {
    const below = paths.filter((path) => path[0] === key).map((path) => path.slice(1))
    if (below.length === 0) continue
    const part = only(field, below)
    if (part !== undefined) kept[key] = part
  }
  return kept
}

function without(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, paths))
  if (!isRecord(value)) return value
  const kept: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(value)) {
    const below = paths.filter((path) => path[0] === key).map((path) => path.slice(1))
    if (below.some((path) => path.length === 0)) continue
    kept[key] = below.length === 0 ? field : without(field, below)
  }
  return kept
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
