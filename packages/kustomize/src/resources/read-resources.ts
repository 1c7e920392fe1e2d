import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import { readDocuments } from '../values/read-documents.ts'
import { isMap, isNull, textOf } from '../values/scalar.ts'
import { fieldOf, isEmpty } from '../values/tree.ts'
import { Resource } from './resource.ts'

/** Reads the objects of a text; lists are replaced by their items, which come after everything else. */
export function readResources(text: string, file: string): Resource[] {
  const documents = readDocuments(text, file).filter((document) => !isNull(document))
  return resourcesOf(unwrapped(documents, text), file)
}

/** Makes objects of values; lists are replaced by their items. */
export function resourcesOf(values: readonly unknown[], file: string): Resource[] {
  const queue = values.filter((value) => !isEmpty(value))
  for (const value of queue) validate(value, file)
  const objects: JsonObject[] = []
  for (let index = 0; index < queue.length; index++) {
    const object = queue[index] as JsonObject
    if (!textOf(object.kind).endsWith('List') || !('items' in object)) {
      objects.push(object)
      continue
    }
    if (isNull(object.items)) continue
    if (!Array.isArray(object.items)) {
      throw invalid(file, `expected array in ${textOf(object.kind)}/items, but found something else`)
    }
    for (const item of object.items) {
      if (isEmpty(item)) continue
      validate(item, file)
      queue.push(item)
    }
  }
  return objects.map((object) => new Resource(object))
}

/** A file of a single List is as good as its items. */
function unwrapped(documents: readonly unknown[], text: string): readonly unknown[] {
  const [only] = documents
  const kind = textOf(fieldOf(only, 'kind'))
  const items = fieldOf(only, 'items')
  const wraps = documents.length === 1 && (kind === 'List' || kind === 'ResourceList') && Array.isArray(items)
  return wraps && !/\n---.*\n/.test(text) ? items : documents
}

function validate(value: unknown, file: string): void {
  const kind = fieldOf(value, 'kind')
  const apiVersion = fieldOf(value, 'apiVersion')
  const metadata = fieldOf(value, 'metadata')
  if (!isMap(value) || (isEmpty(kind) && isEmpty(apiVersion) && isEmpty(metadata))) {
    throw invalid(file, 'missing Resource metadata')
  }
  if (isEmpty(kind) || textOf(kind) === '') throw invalid(file, `missing kind in object {{${textOf(apiVersion)} }}`)
  if (textOf(kind).endsWith('List')) return
  const name = fieldOf(metadata, 'name')
  if (isEmpty(name) || textOf(name) === '') {
    throw invalid(file, `missing metadata.name in object {{${textOf(apiVersion)} ${textOf(kind)}}}`)
  }
}

function invalid(file: string, reason: string): Error {
  return KustomizeErrors.OBJECT({ file, reason }, { place: { file } })
}

/** Fails for an object that lost its kind or name on the way. */
export function checkResource(resource: Resource): void {
  if (resource.id.kind === '') throw invalid('output', 'missing kind in object')
  if (!resource.id.kind.endsWith('List') && resource.name === '') {
    throw invalid('output', `missing metadata.name in object of kind ${resource.id.kind}`)
  }
}
