/** A schema: an object of keywords, or a verdict. */
export type Schema = boolean | Readonly<Record<string, unknown>>

/** A schema document with its draft and its targets of `$ref`. */
export interface SchemaDocument {
  readonly root: Schema
  /** 4, 6, 7, 2019 or 2020. */
  readonly draft: number
  /** The schema that a reference means, seen from the base of the schema it stands in; `undefined` when it leads out of the document. */
  resolve(reference: string, from: Schema): Schema | undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** True for what may stand where a schema is expected. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || isObject(value)
}

const rootUrl = 'file:///values.schema.json'

/** Opens a parsed schema document: reads its draft, its ids and anchors. */
export function openSchema(root: Schema): SchemaDocument {
  const ids = new Map<string, Schema>([[rootUrl, root]])
  const bases = new Map<Schema, string>()
  index(root, rootUrl, { ids, bases })
  return {
    root,
    draft: draftOf(root),
    resolve(reference, from) {
      const url = join(bases.get(from) ?? rootUrl, reference)
      if (url === undefined) return undefined
      const known = ids.get(url.replace(/#$/, ''))
      if (known !== undefined) return known
      const [base = '', fragment = ''] = url.split('#', 2)
      const document = ids.get(base)
      return document === undefined ? undefined : pointed(document, fragment)
    },
  }
}

function draftOf(root: Schema): number {
  const name = isObject(root) && typeof root.$schema === 'string' ? root.$schema : ''
  if (name.includes('draft-04')) return 4
  if (name.includes('draft-06')) return 6
  if (name.includes('draft-07')) return 7
  return name.includes('2019-09') ? 2019 : 2020
}

function join(base: string, reference: string): string | undefined {
  try {
    return new URL(reference, base).href
  } catch {
    return undefined
  }
}

function index(value: unknown, base: string, found: { ids: Map<string, Schema>; bases: Map<Schema, string> }): void {
  if (Array.isArray(value)) {
    for (const item of value) index(item, base, found)
    return
  }
  if (!isObject(value)) return
  const id =
    typeof value.$id === 'string'
      ? value.$id
      : typeof value.id === 'string' && value.$schema !== undefined
        ? value.id
        : undefined
  const own = id === undefined ? base : (join(base, id) ?? base)
  found.bases.set(value, own.replace(/#.*$/, ''))
  if (id !== undefined) found.ids.set(own.replace(/#$/, ''), value)
  for (const keyword of ['$anchor', '$dynamicAnchor']) {
    const anchor = value[keyword]
    if (typeof anchor === 'string') found.ids.set(`${own.replace(/#.*$/, '')}#${anchor}`, value)
  }
  for (const [keyword, item] of Object.entries(value))
    if (keyword !== 'enum' && keyword !== 'const') index(item, own.replace(/#.*$/, ''), found)
}

function pointed(document: Schema, fragment: string): Schema | undefined {
  let value: unknown = document
  for (const step of decode(fragment).split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) value = value[Number(key)]
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }
  return isSchema(value) ? value : undefined
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
