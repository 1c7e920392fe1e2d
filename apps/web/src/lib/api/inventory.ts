'use client'

import { useQuery } from '@tanstack/react-query'
import { api } from './client.ts'
import { keys } from './keys.ts'

/** How often clusters are asked how they are (ms): their silence is not an event. */
const pollEvery = 20_000

/** The clusters with the state of their connections, kept fresh so that ages are true. */
export function useClusters() {
  return useQuery({
    queryKey: keys.clusters,
    queryFn: async ({ signal }) => (await api.call('listClusters', { signal })).items,
    refetchInterval: pollEvery,
  })
}

/** The projects the reader may see. */
export function useProjects() {
  return useQuery({
    queryKey: keys.projects,
    queryFn: async ({ signal }) => (await api.call('listProjects', { signal })).items,
  })
}

/** The connected repositories. */
export function useRepositories() {
  return useQuery({
    queryKey: keys.repositories,
    queryFn: async ({ signal }) => (await api.call('listRepositories', { signal })).items,
  })
}
