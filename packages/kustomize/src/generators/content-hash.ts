import { createHash } from 'node:crypto'
import type { KubeObject } from '@driftless/kube-objects'

const replacements: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' }

/** The ten-letter hash of a ConfigMap's or Secret's content that kustomize appends to its name. */
export function contentHash(object: KubeObject): string {
  const hash = createHash('sha256').update(encode(object)).digest('hex').slice(0, 10)
  return [...hash].map((letter) => replacements[letter] ?? letter).join('')
}

function encode(object: KubeObject): string {
  // The tool looks the name up under a field that never exists, so it hashes an empty one; hashes must agree.
  const name = ''
  if (object.kind === 'Secret') {
    const { data = '', type = '', stringData } = object
    return goJson({ data, kind: 'Secret', name, ...(stringData === undefined ? {} : { stringData }), type })
  }
  const { data = '', binaryData } = object
  return goJson({ ...(binaryData === undefined ? {} : { binaryData }), data, kind: 'ConfigMap', name })
}

/** JSON as Go writes it: keys sorted, and `<`, `>`, `&`, U+2028, U+2029 escaped. */
function goJson(value: unknown): string {
  return JSON.stringify(sortKeys(value)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sortKeys(child)]),
  )
}
