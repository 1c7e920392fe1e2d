import type { JsonObject, KubeObject } from '@driftless/kube-objects'
import { isObject, setField } from '../json-value.ts'

/** Moves the plain texts of a Secret into its data, as the server does when it stores one. */
export function normaliseSecret(object: KubeObject): KubeObject {
  const { stringData, ...rest } = object
  const data: JsonObject = {}
  if (isObject(rest.data)) for (const key of Object.keys(rest.data)) setField(data, key, rest.data[key] ?? '')
  if (isObject(stringData)) {
    for (const key of Object.keys(stringData)) {
      const text = stringData[key]
      setField(data, key, typeof text === 'string' ? base64(text) : '')
    }
  }
  return Object.keys(data).length === 0 && rest.data === undefined ? (rest as KubeObject) : { ...rest, data }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Standard base64 of a text's UTF-8 bytes. */
export function base64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  let result = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]]
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    result += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63)
    result += b === undefined ? '=' : alphabet.charAt((bits >> 6) & 63)
    result += c === undefined ? '=' : alphabet.charAt(bits & 63)
  }
  return result
}
