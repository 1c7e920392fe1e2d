import type { Clock } from '@driftless/foundation'
import type { KubeObject } from '@driftless/kube-objects'
import { formatApiVersion } from '@driftless/kube-objects'
import { type ObjectStore, resourceOf } from '../store/object-store.ts'
import type { KindRegistry } from './kind-registry.ts'
import type { KubeApi } from './kube-api.ts'
import type { ServedKind, StrategyContext } from './served-kind.ts'

/** What every operation of the API works with. */
export interface ApiCore {
  readonly api: KubeApi
  readonly store: ObjectStore
  readonly registry: KindRegistry
  readonly clock: Clock
  readonly random: () => number
  readonly context: StrategyContext
}

/** The current time as objects carry it: RFC 3339 in seconds. */
export function timestamp(clock: Clock): string {
  return clock
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
}

/** An RFC 4122 version 4 uid. */
export function newUid(random: () => number): string {
  const digit = (bits: number, base = 0) => (base + Math.floor(random() * bits)).toString(16)
  const digits = (count: number) => Array.from({ length: count }, () => digit(16)).join('')
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${digit(4, 8)}${digits(3)}-${digits(12)}`
}

/** The kind an object is stored as. */
export function storageKind(core: ApiCore, kind: ServedKind): ServedKind {
  return core.registry.resource(kind)?.storage ?? kind
}

/** An object in the version of `kind`. */
export function inVersion(core: ApiCore, object: KubeObject, kind: ServedKind): KubeObject {
  const apiVersion = formatApiVersion(kind.group, kind.version)
  if (object.apiVersion === apiVersion) return object
  const from = core.registry.findByApiVersion(object.apiVersion, kind.kind)
  const converted = from?.strategy.convert?.(object, kind.version) ?? object
  return { ...converted, apiVersion }
}

/** The stored object in the version of `kind`. */
export function read(core: ApiCore, kind: ServedKind, namespace: string, name: string): KubeObject | undefined {
  const object = core.store.get(resourceOf(kind), kind.namespaced ? namespace : '', name)
  return object === undefined ? undefined : inVersion(core, object, kind)
}
