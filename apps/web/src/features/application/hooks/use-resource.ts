'use client'

import { formatKey, type ObjectKey } from '@driftless/kube-objects'
import type { ResourceNode } from '@driftless/model'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '#lib/api/client.ts'
import { type AppId, keys } from '#lib/api/keys.ts'
import { isRecord, parseState } from '#lib/yaml/manifest-text.ts'
import { nodeKey } from '../logic/node-key.ts'
import { nodeParam } from '../logic/page-url.ts'
import { useManagedResources } from './use-application.ts'

/** Everything known of one object: its node, its states if it is managed, else its live manifest. */
export function useResource(id: AppId, key: ObjectKey, nodes: readonly ResourceNode[]) {
  const wanted = formatKey(key)
  const managedResources = useManagedResources(id)
  const managed = useMemo(
    () => managedResources.data?.find((item) => formatKey(nodeKey(item)) === wanted),
    [managedResources.data, wanted],
  )
  const node = useMemo(() => nodes.find((each) => formatKey(nodeKey(each)) === wanted), [nodes, wanted])
  const version = node?.version ?? 'v1'
  const alone = useQuery({
    queryKey: keys.resource(id, wanted),
    queryFn: async ({ signal }) => {
      const query = {
        appNamespace: id.namespace,
        namespace: key.namespace,
        resourceName: key.name,
        version,
        group: key.group,
        kind: key.kind,
      }
      return (await api.call('getResource', { params: { name: id.name }, query, signal })).manifest
    },
    // Managed objects come with both of their states already.
    enabled: managedResources.isFetched && managed === undefined && node !== undefined,
  })
  const live = useMemo(() => parseState(managed?.liveState ?? alone.data ?? 'null'), [managed?.liveState, alone.data])
  const desired = useMemo(() => parseState(managed?.targetState ?? 'null'), [managed?.targetState])
  const metadata = live?.metadata
  return {
    key,
    param: nodeParam(key),
    node,
    managed,
    live,
    desired,
    version,
    uid: isRecord(metadata) && typeof metadata.uid === 'string' ? metadata.uid : undefined,
    loading: managedResources.isPending || alone.isFetching,
    error: managedResources.error ?? alone.error ?? undefined,
  }
}

export type ResourceView = ReturnType<typeof useResource>
