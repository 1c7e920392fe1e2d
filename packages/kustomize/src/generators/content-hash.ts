import { createHash } from 'node:crypto'
import { isMap, isNull, textOf } from '../values/scalar.ts'
import { cloneTree, fieldOf, settle } from '../values/tree.ts'
import { goJson } from './go-json.ts'

const replacements: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' }

/** The ten-letter hash of a ConfigMap's or Secret's content that kustomize appends to its name. */
export function contentHash(object: unknown): string {
  const hash = createHash('sha256').update(encode(object)).digest('hex').slice(0, 10)
  return [...hash].map((letter) => replacements[letter] ?? letter).join('')
}

function encode(object: unknown): string {
  // The tool looks the name up under a field that never exists, so it hashes an empty one; hashes must agree.
  const name = ''
  const kind = textOf(fieldOf(object, 'kind'))
  const data = fieldValue(object, 'data')
  if (kind === 'Secret') {
    return goJson({ data, kind, name, ...mapOf(object, 'stringData'), type: fieldValue(object, 'type') })
  }
  if (kind === 'ConfigMap') return goJson({ ...mapOf(object, 'binaryData'), data, kind, name })
  return goJson(settle(cloneTree(object), false))
}

function fieldValue(object: unknown, field: string): unknown {
  const value = fieldOf(object, field)
  return isNull(value) ? '' : isMap(value) ? settle(cloneTree(value), false) : textOf(value)
}

function mapOf(object: unknown, field: string): { [field: string]: unknown } {
  const value = fieldValue(object, field)
  return isMap(value) ? { [field]: value } : {}
}
