import { cloneJson, type KubeObject } from '@driftless/kube-objects'
import { alreadyExists, badRequest, noUniqueName, unclassified, undecodable } from '../status/kube-status.ts'
import { checkNamespace, decodeBody, judgeFaults, validate } from './admission.ts'
import { type ApiCore, inVersion, newUid, read, storageKind, timestamp } from './core.ts'
import type { WriteOptions } from './kube-api.ts'
import { recordManager } from './managed-fields.ts'
import type { ServedKind } from './served-kind.ts'

const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789'
const nameAttempts = 8
const longestGeneratedStem = 58

/** Creates an object from a body; the result is in the version of `kind`. */
export function createObject(core: ApiCore, kind: ServedKind, body: unknown, options: WriteOptions): KubeObject {
  const { object, faults } = decodeBody(body, kind)
  judgeFaults([...(options.bodyFaults ?? []), ...faults], options, (text) => undecodable(object, kind.kind, text))
  return insertObject(core, kind, cloneJson(object), options)
}

/** The second half of a creation, also of those by apply: server-set fields, rules, storing. Mutates `object`. */
export function insertObject(
  core: ApiCore,
  kind: ServedKind,
  object: KubeObject,
  options: WriteOptions & { applied?: boolean },
): KubeObject {
  checkNamespace(core, kind, object)
  chooseName(core, kind, object)
  resetSystemFields(core, kind, object)
  const defaulted = kind.strategy.defaults === undefined ? object : cloneJson(kind.strategy.defaults(object))
  // What admission and the server choose belongs to no manager, so managers are recorded before.
  if (options.applied !== true) recordManager(core, { kind, next: defaulted, previous: undefined, options })
  kind.strategy.admit?.(defaulted, undefined, core.context)
  kind.strategy.prepareForCreate?.(defaulted, core.context)
  validate(kind, defaulted, kind.strategy.validate?.(defaulted, undefined) ?? [])
  const { namespace = '', name = '' } = defaulted.metadata
  if (defaulted.metadata.resourceVersion)
    throw unclassified('resourceVersion should not be set on objects to be created')
  const existing = read(core, kind, namespace, name)
  if (existing !== undefined) throw alreadyExists(kind, name, existing.metadata.deletionTimestamp !== undefined)
  for (const warning of kind.strategy.warnings?.(defaulted) ?? []) options.onWarning?.(warning)
  if (options.dryRun === true) return defaulted
  const storage = storageKind(core, kind)
  const [stored] = core.store.commit([{ kind: storage, type: 'put', object: inVersion(core, defaulted, storage) }])
  return inVersion(core, stored ?? defaulted, kind)
}

function chooseName(core: ApiCore, kind: ServedKind, object: KubeObject): void {
  const { generateName = '', name = '', namespace = '' } = object.metadata
  if (name !== '' || generateName === '') return
  const stem = generateName.slice(0, longestGeneratedStem)
  for (let attempt = 0; attempt < nameAttempts; attempt += 1) {
    object.metadata.name = stem + suffix(core.random)
    if (read(core, kind, namespace, object.metadata.name) === undefined) return
  }
  throw noUniqueName(kind, object.metadata.name ?? '')
}

/** What is appended to `generateName`: 5 characters that spell no words. */
export function suffix(random: () => number): string {
  return Array.from({ length: 5 }, () => nameAlphabet[Math.floor(random() * nameAlphabet.length)]).join('')
}

function resetSystemFields(core: ApiCore, kind: ServedKind, object: KubeObject): void {
  const { metadata } = object
  if (metadata.managedFields !== undefined && !Array.isArray(metadata.managedFields)) {
    throw badRequest('metadata.managedFields must be a list')
  }
  metadata.uid = newUid(core.random)
  metadata.creationTimestamp = timestamp(core.clock)
  delete metadata.deletionTimestamp
  delete metadata.deletionGracePeriodSeconds
  delete metadata.generation
  if (kind.strategy.hasGeneration !== false) metadata.generation = 1
  if (kind.subresources.status === true) delete object.status
}
