import { deepEqual, type KubeObject } from '@driftless/kube-objects'
import type { KindStrategy } from '@driftless/kube-server'
import { record, text, texts } from '../json.ts'
import { configKeyFaults } from './formats.ts'
import { collectProblems, immutable, type Problems } from './problems.ts'

const largest = 1024 * 1024
const frozen = 'field is immutable when `immutable` is set'

/** Rules of ConfigMaps. */
export const configMap: KindStrategy = {
  hasGeneration: false,
  validate(object, previous) {
    const problems = collectProblems()
    const data = texts(object.data)
    const binary = texts(object.binaryData)
    for (const key of Object.keys(data)) {
      for (const fault of configKeyFaults(key)) problems.invalid(`data[${key}]`, key, fault)
      if (binary[key] !== undefined) problems.invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')
    }
    for (const key of Object.keys(binary))
      for (const fault of configKeyFaults(key)) problems.invalid(`binaryData[${key}]`, key, fault)
    if (size(data) + size(binary) > largest) problems.tooLong('', largest)
    if (previous?.immutable === true) {
      checkStaysImmutable(problems, object)
      for (const name of ['data', 'binaryData'])
        if (!deepEqual(object[name], previous[name])) problems.forbidden(name, frozen)
    }
    return problems.found
  },
}

/** Rules of Secrets; `stringData` is written into `data` and never stored. */
export const secret: KindStrategy = {
  hasGeneration: false,
  defaults(object) {
    const { stringData, ...rest } = object
    const entries = Object.entries(texts(stringData))
    if (entries.length === 0) return stringData === undefined ? object : (rest as KubeObject)
    const encoded = Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value).toString('base64')]))
    return { ...(rest as KubeObject), data: { ...record(object.data), ...encoded } }
  },
  validate(object, previous) {
    const problems = collectProblems()
    const data = texts(object.data)
    for (const key of Object.keys(data))
      for (const fault of configKeyFaults(key)) problems.invalid(`data[${key}]`, key, fault)
    if (size(data) * 0.75 > largest) problems.tooLong('data', largest)
    checkRequiredKeys(problems, object, data)
    if (previous === undefined) return problems.found
    if (object.type !== previous.type) problems.invalid('type', object.type, immutable)
    if (previous.immutable === true) {
      checkStaysImmutable(problems, object)
      if (!deepEqual(object.data, previous.data)) problems.forbidden('data', frozen)
    }
    return problems.found
  },
}

function checkStaysImmutable(problems: Problems, object: KubeObject): void {
  if (object.immutable !== true) problems.forbidden('immutable', frozen)
}

function size(data: Readonly<Record<string, string>>): number {
  return Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0)
}

function checkRequiredKeys(problems: Problems, object: KubeObject, data: Readonly<Record<string, string>>): void {
  const need = (key: string) => {
    if (data[key] === undefined) problems.required(`data[${key}]`)
  }
  switch (text(object.type)) {
    case 'kubernetes.io/service-account-token':
      if (!object.metadata.annotations?.['kubernetes.io/service-account.name']) {
        problems.required('metadata.annotations[kubernetes.io/service-account.name]')
      }
      break
    case 'kubernetes.io/dockercfg':
      need('.dockercfg')
      checkJson(problems, '.dockercfg', data)
      break
    case 'kubernetes.io/dockerconfigjson':
      need('.dockerconfigjson')
      checkJson(problems, '.dockerconfigjson', data)
      break
    case 'kubernetes.io/basic-auth':
      if (data.username === undefined && data.password === undefined) {
        problems.required('data[username]')
        problems.required('data[password]')
      }
      break
    case 'kubernetes.io/ssh-auth':
      need('ssh-privatekey')
      break
    case 'kubernetes.io/tls':
      need('tls.crt')
      need('tls.key')
      break
    default:
  }
}

function checkJson(problems: Problems, key: string, data: Readonly<Record<string, string>>): void {
  const value = data[key]
  if (value === undefined) return
  try {
    JSON.parse(Buffer.from(value, 'base64').toString('utf8'))
  } catch {
    problems.invalid(`data[${key}]`, '<secret contents redacted>', jsonFault(value))
  }
}

/** What Go's JSON reader says of a text that does not even begin like JSON, or ends too early. */
function jsonFault(base64: string): string {
  const [first] = Buffer.from(base64, 'base64').toString('utf8').trim()
  if (first === undefined || first === '{' || first === '[' || first === '"') return 'unexpected end of JSON input'
  return `invalid character '${first}' looking for beginning of value`
}
