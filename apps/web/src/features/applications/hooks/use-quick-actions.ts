'use client'

import type { ApplicationRow } from '@driftless/model'
import { useToast } from '@driftless/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#lib/api/client.ts'
import { keys } from '#lib/api/keys.ts'
import { readRefusal } from '#lib/api/refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'

type Target = Pick<ApplicationRow, 'namespace' | 'name' | 'project'>

/** Refreshes applications from their tile, row or the whole list. */
export function useRefreshApplications() {
  const t = useTranslate()
  const toast = useToast()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ targets, hard = false }: { targets: readonly Target[]; hard?: boolean }) => {
      const refresh = hard ? 'hard' : 'normal'
      // A few at a time: each answer waits for a comparison.
      const waiting = [...targets]
      const worker = async () => {
        for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
          await api.call('getApplication', {
            params: { name: target.name },
            query: { refresh, appNamespace: target.namespace, project: target.project },
          })
        }
      }
      await Promise.all(Array.from({ length: 4 }, worker))
    },
    onError: (error) =>
      toast({ tone: 'degraded', title: t('refresh.failed'), text: readRefusal(error, t('error.offline')).message }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.applications }),
  })
}
