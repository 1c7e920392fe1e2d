'use client'

import type { Repository, RepositoryInput } from '@driftless/model'
import { useToast } from '@driftless/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#lib/api/client.ts'
import { keys } from '#lib/api/keys.ts'
import { readRefusal } from '#lib/api/refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'

/** Tries every repository again. */
export function useRefreshRepositories() {
  const t = useTranslate()
  const toast = useToast()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => (await api.call('listRepositories', { query: { forceRefresh: 'true' } })).items,
    onSuccess: (items) => client.setQueryData(keys.repositories, items),
    onError: (error) =>
      toast({ tone: 'degraded', title: t('repo.unread'), text: readRefusal(error, t('error.offline')).message }),
  })
}

/** Connects a repository; the connection is tested first, and nothing is saved when it fails. */
export function useConnect(onDone: () => void) {
  const t = useTranslate()
  const toast = useToast()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (input: RepositoryInput) => {
      await api.call('validateRepository', { params: { repo: input.repo }, body: input })
      return api.call('createRepository', { body: input })
    },
    onSuccess: (repository) => {
      toast({ tone: 'synced', title: t('repo.connected'), text: repository.repo })
      void client.invalidateQueries({ queryKey: keys.repositories })
      onDone()
    },
  })
}

/** Disconnects a repository; applications that use it are not touched. */
export function useDisconnect(onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ repo, project }: Repository) =>
      api.call('deleteRepository', { params: { repo }, query: project === undefined ? {} : { appProject: project } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.repositories })
      onDone()
    },
  })
}
