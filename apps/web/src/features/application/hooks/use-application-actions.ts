'use client'

import type { SyncRequest } from '@driftless/contract'
import type { Application } from '@driftless/model'
import { useToast } from '@driftless/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { api } from '#lib/api/client.ts'
import { type AppId, keys } from '#lib/api/keys.ts'
import { readRefusal } from '#lib/api/refusal.ts'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'

export type Propagation = 'foreground' | 'background' | 'orphan'

/** What can be done with an application; each says beside its own control, or in a toast, why it was refused. */
export function useApplicationActions(id: AppId) {
  const t = useTranslate()
  const toast = useToast()
  const client = useQueryClient()
  const router = useRouter()
  const target = { params: { name: id.name }, query: { appNamespace: id.namespace } }
  const body = { name: id.name, appNamespace: id.namespace }
  const reread = () =>
    Promise.all(
      [keys.application(id), keys.tree(id), keys.managed(id), keys.operations(id)].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
  const keep = (application: Application) => client.setQueryData(keys.application(id), application)
  const refused = (title: MessageKey) => (error: Error) =>
    toast({ tone: 'degraded', title: t(title), text: readRefusal(error, t('error.offline')).message })

  const refresh = useMutation({
    mutationFn: (hard: boolean) =>
      api.call('getApplication', { ...target, query: { ...target.query, refresh: hard ? 'hard' : 'normal' } }),
    onSuccess: keep,
    onError: refused('refresh.failed'),
    onSettled: reread,
  })
  const sync = useMutation({
    mutationFn: (request: SyncRequest) =>
      api.call('syncApplication', { params: target.params, body: { ...request, ...body } }),
    onSuccess: keep,
    onSettled: reread,
  })
  const terminate = useMutation({
    mutationFn: () => api.call('terminateOperation', target),
    onError: refused('operation.terminateFailed'),
    onSettled: reread,
  })
  const remove = useMutation({
    mutationFn: (propagation: Propagation) =>
      api.call('deleteApplication', {
        params: target.params,
        query:
          propagation === 'orphan'
            ? { ...target.query, cascade: 'false' }
            : { ...target.query, cascade: 'true', propagationPolicy: propagation },
      }),
    onSuccess: () => {
      toast({ tone: 'accent', title: t('delete.started', { name: id.name }) })
      void client.invalidateQueries({ queryKey: keys.applications })
      router.push('/applications')
    },
  })
  const save = useMutation({
    mutationFn: (application: Application) => api.call('updateApplication', { ...target, body: application }),
    onSuccess: keep,
    onSettled: reread,
  })
  const rollback = useMutation({
    mutationFn: async ({
      deployment,
      disableAutoSync,
    }: {
      deployment: number
      disableAutoSync: Application | undefined
    }) => {
      if (disableAutoSync !== undefined)
        await api.call('updateApplicationSpec', { ...target, body: withoutAutoSync(disableAutoSync).spec })
      return api.call('rollbackApplication', { params: target.params, body: { ...body, id: deployment } })
    },
    onSuccess: keep,
    onSettled: reread,
  })
  return { refresh, sync, terminate, remove, save, rollback }
}

export type ApplicationActions = ReturnType<typeof useApplicationActions>

function withoutAutoSync(application: Application): Application {
  const { automated: _, ...policy } = application.spec.syncPolicy ?? {}
  return { ...application, spec: { ...application.spec, syncPolicy: policy } }
}
