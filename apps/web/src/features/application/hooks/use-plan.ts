'use client'

import type { SyncRequest } from '@driftless/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '#lib/api/client.ts'
import { type AppId, keys } from '#lib/api/keys.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'

/** Options are planned this long after the last change (ms). */
const settle = 250

/** The plan of a sync request; made anew when the request changes. */
export function usePlan(id: AppId, request: SyncRequest, enabled = true) {
  const wanted = JSON.stringify(request)
  const [settled, setSettled] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), settle)
    return () => clearTimeout(timer)
  }, [wanted])
  const plan = useQuery({
    queryKey: keys.plan(id, settled),
    queryFn: ({ signal }) =>
      api.call('planApplication', {
        params: { name: id.name },
        body: { ...(JSON.parse(settled) as SyncRequest), name: id.name, appNamespace: id.namespace },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
    enabled,
  })
  const refusal = useRefusal(plan.error)
  return {
    data: refusal === undefined ? plan.data : undefined,
    refusal,
    updating: plan.isPlaceholderData || settled !== wanted,
  }
}
