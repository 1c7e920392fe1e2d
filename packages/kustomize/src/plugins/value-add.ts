import type { Target } from '../accumulate/accumulator.ts'
import type { FieldSlot } from '../config/field-spec.ts'
import { splitPath } from '../config/field-spec.ts'
import type { Read } from '../load/shape.ts'
import { matchPath } from '../replacements/match-path.ts'
import type { Resource } from '../resources/resource.ts'
import { type Selector, selectResources } from '../selectors/selector.ts'
import { moveResource } from '../transformers/namespace.ts'
import { guardScalar, setSlotText } from '../transformers/slot-text.ts'
import type { Transformer } from '../transformers/transformer.ts'
import { readDocuments } from '../values/read-documents.ts'
import { textOf } from '../values/scalar.ts'
import { pluginShapes } from './plugin-shapes.ts'
import { pluginFailure, readPlugin } from './read-plugin.ts'

type Settings = Read<typeof pluginShapes.valueAdd>
type AddTarget = NonNullable<Settings['targets']>[number]

/** Configures the transformer that adds a value to fields, or to file paths in them. */
export function configureValueAdd(resource: Resource, { loader }: Target): Transformer {
  const settings = readPlugin(resource, pluginShapes.valueAdd)
  const value = settings.value.trim() || loader.root.split('/').pop() || ''
  const targets = [...(settings.targets ?? [])]
  if (settings.targetFilePath !== '') {
    const [document] = readDocuments(loader.load(settings.targetFilePath), settings.targetFilePath)
    const more = pluginShapes.valueAdd.read(document, { path: 'ValueAddTransformer', strict: false })
    targets.push(...(more.targets ?? []))
  }
  if (targets.length === 0) throw pluginFailure(resource, 'must specify at least one target')
  for (const target of targets) check(resource, target)
  return (resources) => {
    for (const target of targets) {
      const selected =
        target.selector === undefined ? resources.list : selectResources(resources, selectorOf(target.selector))
      for (const own of selected) addValue(own, target, value)
    }
    resources.changed()
  }
}

function check(resource: Resource, { fieldPath, filePathPosition }: AddTarget): void {
  if (fieldPath === '') throw pluginFailure(resource, 'fieldPath cannot be empty')
  if (filePathPosition < 0) {
    throw pluginFailure(resource, `value of FilePathPosition (${filePathPosition}) cannot be negative`)
  }
}

function selectorOf(selector: NonNullable<AddTarget['selector']>): Selector {
  return Object.fromEntries(Object.entries(selector).filter(([, part]) => part !== undefined))
}

function addValue(resource: Resource, { fieldPath, filePathPosition }: AddTarget, value: string): void {
  if (resource.object === undefined) return
  if (fieldPath === 'metadata/namespace') {
    moveResource(resource, { namespace: value, specs: [], subjects: 'defaultOnly', unsetOnly: false })
  } else {
    const slots: FieldSlot[] = matchPath(resource.object, splitPath(fieldPath), 'scalar')
    for (const slot of slots) {
      guardScalar(slot.value)
      setSlotText(slot, filePathPosition > 0 ? insertPart(textOf(slot.value), filePathPosition - 1, value) : value)
    }
  }
  resource.renamed()
}

/** Inserts a part into a file path; positions beyond the end append. */
function insertPart(path: string, position: number, part: string): string {
  if (path === '') return part
  const absolute = path.startsWith('/')
  const parts = path.split('/').filter((piece) => piece !== '')
  parts.splice(Math.min(position, parts.length), 0, part)
  return `${absolute ? '/' : ''}${parts.join('/')}`
}
