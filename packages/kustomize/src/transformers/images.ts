import { type FieldSlot, type FieldSpec, visitField } from '../config/field-spec.ts'
import { createPattern } from '../selectors/pattern.ts'
import { isMap, isNull, textOf } from '../values/scalar.ts'
import { fieldOf } from '../values/tree.ts'
import { guardScalar, setSlotText } from './slot-text.ts'
import type { Transformer } from './transformer.ts'

/** A change of images of one name. */
export interface ImageEntry {
  readonly name: string
  readonly newName?: string
  readonly newTag?: string
  readonly tagSuffix?: string
  readonly digest?: string
}

/** An image reference in its parts; a tag and a digest may both be there. */
export interface ImageParts {
  readonly name: string
  readonly tag: string
  readonly digest: string
}

/** Changes name, tag or digest of matching images: in all `containers` and `initContainers`, then in the fields that are configured. */
export function setImages(entry: ImageEntry, specs: readonly FieldSpec[]): Transformer {
  const matches = imageMatcher(entry.name)
  const change = (slot: FieldSlot) => {
    guardScalar(slot.value)
    const image = textOf(slot.value)
    if (matches(image)) setSlotText(slot, replaceImage(image, entry))
  }
  return (resources) => {
    for (const resource of resources.list) {
      if (resource.id.kind === 'CustomResourceDefinition') continue
      visitContainers(resource.object, change)
      for (const spec of specs) visitField(resource, spec, { visit: change })
    }
  }
}

/** Splits an image reference; a colon before the first slash belongs to a registry's port. */
export function splitImage(image: string): ImageParts {
  const slash = Math.max(0, image.indexOf('/'))
  const at = image.indexOf('@', slash)
  const colon = image.indexOf(':', slash)
  if (at < 0 && colon < 0) return { name: image, tag: '', digest: '' }
  if (at >= 0 && (at < colon || colon < 0)) return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) }
  if (at >= 0) return { name: image.slice(0, colon), tag: image.slice(colon + 1, at), digest: image.slice(at + 1) }
  return { name: image.slice(0, colon), tag: image.slice(colon + 1), digest: '' }
}

const version = '(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$'

/** An entry's name is a regular expression in front of an optional tag and digest; a wrong one matches nothing. */
function imageMatcher(name: string): (image: string) => boolean {
  if (/^[\w.:/-]*$/.test(name)) {
    const simple = new RegExp(`^${name}${version}`)
    return (image) => simple.test(image)
  }
  try {
    return createPattern(`^${name}${version}`)
  } catch {
    return () => false
  }
}

function visitContainers(value: unknown, change: (slot: FieldSlot) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visitContainers(item, change)
    return
  }
  if (!isMap(value)) return
  for (const field of Object.keys(value)) {
    const child = value[field]
    if (typeof child !== 'object' || child === null) continue
    visitContainers(child, change)
    if ((field !== 'containers' && field !== 'initContainers') || !Array.isArray(child)) continue
    for (const container of child) {
      const image = fieldOf(container, 'image')
      if (!isNull(image)) change({ holder: container, key: 'image', value: image })
    }
  }
}

function replaceImage(image: string, entry: ImageEntry): string {
  const parts = splitImage(image)
  const name = entry.newName || parts.name
  const { tag, digest } = newVersion(parts, entry)
  return `${name}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`
}

/** A new tag or digest replaces both of the old ones; a suffix drops the digest. */
function newVersion(parts: ImageParts, entry: ImageEntry): { tag: string; digest: string } {
  if (entry.newTag || entry.digest) return { tag: entry.newTag ?? '', digest: entry.digest ?? '' }
  if (entry.tagSuffix) return { tag: `${parts.tag}${entry.tagSuffix}`, digest: '' }
  return parts
}
