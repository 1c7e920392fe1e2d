import {
  builtInSchema,
  createThreeWayMergePatch,
  createThreeWayStrategicPatch,
  formatApiVersion,
  gvkOf,
  type JsonObject,
  type KubeObject,
  keyOf,
  LAST_APPLIED,
  type ObjectKey,
} from '@driftless/kube-objects'
import { type ClusterConnection, kubeStatusOf } from './connection.ts'
import type { Discovery, ServedResource } from './discovery.ts'
import { ClusterErrors } from './errors.ts'

export interface ApplyOptions {
  readonly serverSide: boolean
  /** Delete and create again when the change cannot be applied. */
  readonly force: boolean
  readonly dryRun: boolean
  readonly validate: boolean
  readonly manager: string
  /** Take fields over from other managers (server-side apply). */
  readonly forceConflicts: boolean
}

export interface DeleteOptions {
  readonly propagation: 'foreground' | 'background' | 'orphan'
  readonly gracePeriodSeconds?: number
  /** Deletes only the object with this uid. */
  readonly uid?: string
}

/** A key whose version may be fixed. */
export type VersionedKey = ObjectKey & { readonly version?: string }

/** Reads and writes single objects of any kind that the cluster serves. */
export interface ObjectClient {
  get(key: VersionedKey): Promise<KubeObject | undefined>
  list(
    kind: { group: string; version?: string; kind: string },
    options?: { namespace?: string; fieldSelector?: string; labelSelector?: string },
  ): Promise<KubeObject[]>
  create(object: KubeObject, options?: { dryRun?: boolean }): Promise<KubeObject>
  replace(object: KubeObject, options?: { force?: boolean; dryRun?: boolean }): Promise<KubeObject>
  patch(object: KubeObject, patch: { type: 'json' | 'merge' | 'strategic'; body: unknown }): Promise<KubeObject>
  /** Server-side apply, or client-side apply as kubectl does it: a three-way patch against the last-applied annotation. */
  apply(object: KubeObject, options: ApplyOptions): Promise<KubeObject>
  /** Deletes; an absent object is fine. */
  delete(key: VersionedKey, options: DeleteOptions): Promise<void>
}

const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const

/** What the client needs: the wire, what is served now, and whom to tell about states it has seen. */
export interface ObjectClientOptions {
  readonly connection: ClusterConnection
  /** Current discovery; `refresh` reads it anew, for kinds that were installed a moment ago. */
  readonly discovery: (refresh: boolean) => Promise<Discovery>
  /** Told each state that a write answered, before the watch brings it. */
  readonly seen?: (object: KubeObject) => void
}

/** Creates the object client of one cluster. */
export function createObjectClient({ connection, discovery, seen }: ObjectClientOptions): ObjectClient {
  const resourceOf = async (kind: {
    group: string
    version?: string | undefined
    kind: string
  }): Promise<ServedResource> => {
    const found = (await discovery(false)).find(kind) ?? (await discovery(true)).find(kind)
    if (found !== undefined) return found
    throw ClusterErrors.KIND_UNKNOWN({
      server: connection.server,
      kind: `${formatApiVersion(kind.group, kind.version ?? '*')} ${kind.kind}`,
    })
  }
  const pathOf = async (key: VersionedKey): Promise<string> => {
    const resource = await resourceOf(key)
    return `${collectionPath(resource, key.namespace)}/${encodeURIComponent(key.name)}`
  }
  const pathOfObject = (object: KubeObject) => pathOf({ ...keyOf(object), version: gvkOf(object).version })
  const note = (answer: unknown, dryRun = false): KubeObject => {
    const object = answer as KubeObject
    if (!dryRun) seen?.(object)
    return object
  }
  const dry = (dryRun: boolean | undefined) => (dryRun === true ? 'All' : undefined)

  const client: ObjectClient = {
    async get(key) {
      try {
        return (await connection.json({ method: 'GET', path: await pathOf(key) })) as KubeObject
      } catch (error) {
        if (kubeStatusOf(error)?.code === 404) return undefined
        throw error
      }
    },
    async list(kind, options = {}) {
      const resource = await resourceOf(kind)
      const { namespace = '', ...query } = options
      const answer = (await connection.json({ method: 'GET', path: collectionPath(resource, namespace), query })) as {
        items?: KubeObject[]
      }
      const apiVersion = formatApiVersion(resource.group, resource.version)
      return (answer.items ?? []).map((item) => ({ ...item, apiVersion, kind: resource.kind }))
    },
    async create(object, options = {}) {
      const { group, version, kind } = gvkOf(object)
      const resource = await resourceOf({ group, version, kind })
      const path = collectionPath(resource, object.metadata.namespace ?? '')
      const query = { dryRun: dry(options.dryRun), fieldManager: 'driftless' }
      return note(await connection.json({ method: 'POST', path, query, body: object }), options.dryRun)
    },
    async replace(object, options = {}) {
      const path = await pathOfObject(object)
      const live = await client.get(keyOf(object))
      if (live === undefined) return client.create(object, options)
      if (options.force === true && options.dryRun !== true) {
        await client.delete(keyOf(object), { propagation: 'background', gracePeriodSeconds: 0 })
        return client.create(object)
      }
      const body = { ...object, metadata: { ...object.metadata, resourceVersion: live.metadata.resourceVersion } }
      return note(
        await connection.json({
          method: 'PUT',
          path,
          query: { dryRun: dry(options.dryRun), fieldManager: 'driftless' },
          body,
        }),
        options.dryRun,
      )
    },
    async patch(object, patch) {
      const path = await pathOfObject(object)
      return note(
        await connection.json({
          method: 'PATCH',
          path,
          body: patch.body,
          contentType: patchTypes[patch.type],
          query: { fieldManager: 'driftless' },
        }),
      )
    },
    async apply(object, options) {
      try {
        return await (options.serverSide ? serverSideApply(object, options) : clientSideApply(object, options))
      } catch (error) {
        if (!options.force || options.dryRun || !isInvalid(error)) throw error
        await client.delete(keyOf(object), { propagation: 'background', gracePeriodSeconds: 0 })
        return client.create(withLastApplied(object))
      }
    },
    async delete(key, options) {
      const propagationPolicy = { foreground: 'Foreground', background: 'Background', orphan: 'Orphan' }[
        options.propagation
      ]
      const body = {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        propagationPolicy,
        ...(options.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds }),
        ...(options.uid === undefined ? {} : { preconditions: { uid: options.uid } }),
      }
      try {
        await connection.json({ method: 'DELETE', path: await pathOf(key), body })
      } catch (error) {
        if (kubeStatusOf(error)?.code !== 404) throw error
      }
    },
  }

  async function serverSideApply(object: KubeObject, options: ApplyOptions): Promise<KubeObject> {
    const query = {
      fieldManager: options.manager,
      force: String(options.forceConflicts),
      dryRun: dry(options.dryRun),
      fieldValidation: options.validate ? 'Strict' : 'Ignore',
    }
    const call = {
      method: 'PATCH' as const,
      path: await pathOfObject(object),
      query,
      body: object,
      contentType: patchTypes.apply,
    }
    return note(await connection.json(call), options.dryRun)
  }

  async function clientSideApply(object: KubeObject, options: ApplyOptions): Promise<KubeObject> {
    const modified = withLastApplied(object)
    const live = await client.get({ ...keyOf(object), version: gvkOf(object).version })
    const query = {
      fieldManager: options.manager,
      dryRun: dry(options.dryRun),
      fieldValidation: options.validate ? 'Strict' : 'Ignore',
    }
    if (live === undefined) {
      const { group, version, kind } = gvkOf(object)
      const path = collectionPath(await resourceOf({ group, version, kind }), object.metadata.namespace ?? '')
      return note(await connection.json({ method: 'POST', path, query, body: modified }), options.dryRun)
    }
    const { type, body } = threeWayPatch(modified, live)
    if (Object.keys(body).length === 0) return live
    const call = {
      method: 'PATCH' as const,
      path: await pathOfObject(object),
      query,
      body,
      contentType: patchTypes[type],
    }
    return note(await connection.json(call), options.dryRun)
  }

  return client
}

/** The path of a kind's collection, in a namespace when there is one. */
export function collectionPath(resource: ServedResource, namespace: string): string {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`
  return resource.namespaced && namespace !== ''
    ? `${root}/namespaces/${encodeURIComponent(namespace)}/${resource.plural}`
    : `${root}/${resource.plural}`
}

function withLastApplied(object: KubeObject): KubeObject {
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata.annotations ?? {}
  const plain = { ...object, metadata: { ...object.metadata, annotations } }
  return {
    ...plain,
    metadata: {
      ...plain.metadata,
      annotations: { ...annotations, [LAST_APPLIED]: `${JSON.stringify(plain)}\n` },
    },
  }
}

function threeWayPatch(modified: KubeObject, live: KubeObject): { type: 'strategic' | 'merge'; body: JsonObject } {
  const original = readLastApplied(live)
  const schema = builtInSchema(gvkOf(modified))
  return schema === undefined
    ? { type: 'merge', body: createThreeWayMergePatch(original, modified, live) }
    : { type: 'strategic', body: createThreeWayStrategicPatch(original, modified, live, schema) }
}

function readLastApplied(live: KubeObject): JsonObject {
  const text = live.metadata.annotations?.[LAST_APPLIED]
  if (text === undefined) return {}
  try {
    return JSON.parse(text) as JsonObject
  } catch {
    return {}
  }
}

function isInvalid(error: unknown): boolean {
  const status = kubeStatusOf(error)
  return status?.reason === 'Invalid' || status?.code === 409
}
