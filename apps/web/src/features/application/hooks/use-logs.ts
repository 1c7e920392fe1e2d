'use client'

import type { OutputOf, Routes } from '@driftless/contract'
import type { ObjectKey } from '@driftless/kube-objects'
import { useEffect, useState } from 'react'
import { api } from '#lib/api/client.ts'
import type { AppId } from '#lib/api/keys.ts'
import { readRefusal } from '#lib/api/refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'

export type LogEntry = OutputOf<Routes['getLogs']>

export interface LogChoice {
  readonly node: ObjectKey
  readonly container: string | undefined
  readonly previous: boolean
  readonly tail: number
  readonly follow: boolean
}

/** Lines kept in the browser; older ones are counted, not silently lost. */
const keep = 20_000
/** Lines are gathered this long before they are drawn (ms). */
const batchWait = 100
const reconnectAfter = 1_000

interface LogState {
  readonly entries: readonly LogEntry[]
  readonly dropped: number
  readonly open: boolean
  readonly error: string | undefined
}

const empty: LogState = { entries: [], dropped: 0, open: true, error: undefined }

/** Follows the log of a pod or a workload. */
export function useLogs(id: AppId, choice: LogChoice) {
  const t = useTranslate()
  const [state, setState] = useState<LogState>(empty)
  const [attempt, setAttempt] = useState(0)
  const { node, container, previous, tail, follow } = choice
  const { namespace, name } = id
  const { group, kind, namespace: nodeNamespace, name: nodeName } = node
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt reads again with the same choice
  useEffect(() => {
    const abort = new AbortController()
    const query = {
      appNamespace: namespace,
      namespace: nodeNamespace,
      container,
      tailLines: tail,
      follow: follow ? ('true' as const) : ('false' as const),
      ...(previous ? { previous: 'true' as const } : {}),
      ...(kind === 'Pod' ? { podName: nodeName } : { group, kind, resourceName: nodeName }),
    }
    setState(empty)
    let waiting: LogEntry[] = []
    const flush = () => {
      if (waiting.length === 0) return
      const batch = waiting
      waiting = []
      setState((current) => {
        const all = [...current.entries, ...batch]
        const over = Math.max(0, all.length - keep)
        return { ...current, entries: over === 0 ? all : all.slice(over), dropped: current.dropped + over }
      })
    }
    const timer = setInterval(flush, batchWait)
    let again: ReturnType<typeof setTimeout> | undefined
    const read = async () => {
      try {
        for await (const entry of api.stream('getLogs', { params: { name }, query, signal: abort.signal })) {
          if (entry.last === true) break
          waiting.push(entry)
        }
        flush()
        setState((current) => ({ ...current, open: false }))
        if (follow && !abort.signal.aborted)
          again = setTimeout(() => setAttempt((count) => count + 1), reconnectAfter * 10)
      } catch (error) {
        if (abort.signal.aborted) return
        flush()
        setState((current) => ({ ...current, open: false, error: readRefusal(error, t('error.offline')).message }))
      }
    }
    void read()
    return () => {
      abort.abort()
      clearInterval(timer)
      clearTimeout(again)
    }
  }, [namespace, name, group, kind, nodeNamespace, nodeName, container, previous, tail, follow, attempt, t])
  return { ...state, retry: () => setAttempt((count) => count + 1) }
}
