'use client'

import { isCompleted } from '@driftless/model'
import { useQuery } from '@tanstack/react-query'
import { api } from '#lib/api/client.ts'
import { type AppId, keys } from '#lib/api/keys.ts'

/** How often a running operation is asked for, should the stream be lost (ms). */
const runningPoll = 2_000

/** The application itself. */
export function useApplication(id: AppId) {
  return useQuery({
    queryKey: keys.application(id),
    queryFn: ({ signal }) =>
      api.call('getApplication', { params: { name: id.name }, query: { appNamespace: id.namespace }, signal }),
    refetchInterval: (query) => {
      const phase = query.state.data?.status?.operationState?.phase
      const running = query.state.data?.operation !== undefined || (phase !== undefined && !isCompleted(phase))
      return running ? runningPoll : false
    },
  })
}

/** The tree of its live resources. */
export function useResourceTree(id: AppId) {
  return useQuery({
    queryKey: keys.tree(id),
    queryFn: ({ signal }) =>
      api.call('getResourceTree', { params: { name: id.name }, query: { appNamespace: id.namespace }, signal }),
  })
}

/** Desired, live and predicted states of its managed resources; read when something shows them. */
export function useManagedResources(id: AppId, enabled = true) {
  return useQuery({
    queryKey: keys.managed(id),
    queryFn: async ({ signal }) =>
      (
        await api.call('getManagedResources', {
          params: { name: id.name },
          query: { appNamespace: id.namespace },
          signal,
        })
      ).items ?? [],
    enabled,
  })
}

/** Every attempt, newest first. */
export function useOperations(id: AppId) {
  return useQuery({
    queryKey: keys.operations(id),
    queryFn: async ({ signal }) =>
      (
        await api.call('listOperations', {
          params: { name: id.name },
          query: { appNamespace: id.namespace, limit: 100 },
          signal,
        })
      ).items,
  })
}

/** Author, date and message of a commit; commits do not change. */
export function useRevision(id: AppId, revision: string | undefined) {
  return useQuery({
    queryKey: keys.revision(id, revision ?? ''),
    queryFn: ({ signal }) =>
      api.call('getRevisionMetadata', {
        params: { name: id.name, revision: revision ?? '' },
        query: { appNamespace: id.namespace },
        signal,
      }),
    enabled: revision !== undefined && revision !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}
