import type { JsonObject } from '@driftless/kube-objects'
import type { ImageEntry } from '../load/kustomization.ts'
import { currentId, type Resource } from '../resources/resource.ts'

/** An image reference in its parts; a tag and a digest may both be there. */
export interface ImageParts {
  readonly name: string
  readonly tag: string
  readonly digest: string
}

/** Changes name, tag or digest of matching images in every pod template, wherever `containers` and `initContainers` lie. */
export function setImages(resources: readonly Resource[], entry: ImageEntry): void {
  for (const resource of resources)
    if (currentId(resource).kind !== 'CustomResourceDefinition') visit(resource.object, entry)
}

/** Splits an image reference; a colon before a slash belongs to a registry's port. */
export function splitImage(image: string): ImageParts {
  const at = image.indexOf('@')
  const digest = at < 0 ? '' : image.slice(at + 1)
  const rest = at < 0 ? image : image.slice(0, at)
  const colon = rest.lastIndexOf(':')
  return colon > rest.lastIndexOf('/')
    ? { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest }
    : { name: rest, tag: '', digest }
}

function visit(value: unknown, entry: ImageEntry): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, entry)
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [field, child] of Object.entries(value)) {
    if ((field === 'containers' || field === 'initContainers') && Array.isArray(child)) {
      for (const container of child as JsonObject[]) {
        if (typeof container?.image === 'string') container.image = replaceImage(container.image, entry)
      }
    }
    visit(child, entry)
  }
}

function replaceImage(image: string, entry: ImageEntry): string {
  const parts = splitImage(image)
  if (parts.name !== entry.name) return image
  const name = entry.newName || parts.name
  if (entry.digest) return `${name}@${entry.digest}`
  const suffix = entry.tagSuffix ?? ''
  if (entry.newTag) return `${name}:${entry.newTag}${suffix}`
  const tag = parts.tag === '' ? '' : `:${parts.tag}${suffix}`
  return `${name}${tag}${parts.digest === '' ? '' : `@${parts.digest}`}`
}
