import { Link, ObjectValue } from './value.ts'

/** Objects of at least this many layers get an index of their fields. */
const tallObject = 6

/** The topmost link that has a field. */
export function findField(object: ObjectValue, name: string): Link | undefined {
  const { top } = object
  if (top.layer.fields.has(name)) return top
  if (top.depth < tallObject) return findBelow(top, name)
  if (object.index === undefined) {
    object.lookups += 1
    if (object.lookups < tallObject) return findBelow(top, name)
    object.index = indexFields(top)
  }
  return object.index.get(name)
}

export function findBelow(from: Link | undefined, name: string): Link | undefined {
  let link = from
  while (link !== undefined) {
    if (link.layer.fields.has(name)) return link
    let skip = link.layer.without?.name === name ? link.layer.without.span : 0
    link = link.below
    for (; skip > 0; skip--) link = link?.below
  }
  return undefined
}

function indexFields(top: Link): Map<string, Link> {
  const index = new Map<string, Link>()
  for (const [link, name] of reachable(top)) if (!index.has(name)) index.set(name, link)
  return index
}

/** Fields from the top down, but those that a layer above took away. */
function* reachable(top: Link): Iterable<[link: Link, name: string]> {
  const hiddenDownTo = new Map<string, number>()
  for (let link: Link | undefined = top; link !== undefined; link = link.below) {
    for (const name of link.layer.fields.keys()) {
      if (link.depth >= (hiddenDownTo.get(name) ?? Number.POSITIVE_INFINITY)) continue
      yield [link, name]
    }
    const { without } = link.layer
    if (without === undefined) continue
    const floor = link.depth - without.span
    hiddenDownTo.set(without.name, Math.min(floor, hiddenDownTo.get(without.name) ?? floor))
  }
}

/** Field names of an object with whether each shows, in no order. */
export function fieldVisibility(object: ObjectValue): Map<string, boolean> {
  const shown = new Map<string, boolean | undefined>()
  for (const [link, name] of reachable(object.top)) {
    if (shown.get(name) !== undefined) continue
    const visibility = link.layer.fields.get(name)?.visibility
    shown.set(name, visibility === 'inherit' ? undefined : visibility === 'visible')
  }
  const result = new Map<string, boolean>()
  for (const [name, visible] of shown) result.set(name, visible !== false)
  return result
}

/** `left + right` of objects: the layers of the right one on top. */
export function inherit(left: ObjectValue, right: ObjectValue): ObjectValue {
  const layers: Link[] = []
  for (let link: Link | undefined = right.top; link !== undefined; link = link.below) layers.push(link)
  let top = left.top
  for (let i = layers.length - 1; i >= 0; i--) top = new Link((layers[i] as Link).layer, top)
  return new ObjectValue(top)
}
