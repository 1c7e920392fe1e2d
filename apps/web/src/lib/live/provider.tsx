'use client'

import type { Change } from '@driftless/model'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { api } from '../api/client.ts'
import { isUnauthenticated } from '../api/refusal.ts'
import { touchedKeys } from './touched.ts'

/** Whether what is on screen follows the server. */
export type LiveState = 'connecting' | 'live' | 'paused'

const LiveContext = createContext<LiveState>('connecting')

/** How changes are gathered before anything is read again, and how long to wait between attempts (ms). */
const batchWait = 150
const listWait = 1_000
const firstRetry = 500
const lastRetry = 8_000

/** Keeps one stream of changes open for everything on screen; a lost one comes back by itself. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    const abort = new AbortController()
    const batch = createBatch(client)
    void follow({ signal: abort.signal, onState: setState, onChange: batch.add, onReset: batch.reset })
    return () => {
      abort.abort()
      batch.stop()
    }
  }, [client])
  return <LiveContext.Provider value={state}>{children}</LiveContext.Provider>
}

/** Whether live updates arrive. */
export function useLive(): LiveState {
  const state = useContext(LiveContext)
  return useMemo(() => state, [state])
}

interface Follow {
  readonly signal: AbortSignal
  readonly onState: (state: LiveState) => void
  readonly onChange: (change: Change) => void
  readonly onReset: () => void
}

async function follow({ signal, onState, onChange, onReset }: Follow): Promise<void> {
  let from: number | undefined
  let wait = firstRetry
  while (!signal.aborted) {
    try {
      for await (const message of api.stream('watchChanges', { query: { from }, signal })) {
        wait = firstRetry
        onState('live')
        if (message.event === 'change') {
          from = message.change.version
          onChange(message.change)
        } else {
          // Without a version to resume from, whatever was missed cannot be known.
          if (message.event === 'reset') onReset()
          from = message.version
        }
      }
    } catch (error) {
      if (signal.aborted) return
      if (isUnauthenticated(error)) onReset()
    }
    if (signal.aborted) return
    onState('paused')
    await pause(wait, signal)
    wait = Math.min(wait * 2, lastRetry)
  }
}

function createBatch(client: QueryClient) {
  let waiting: Change[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let listTimer: ReturnType<typeof setTimeout> | undefined
  let lastList = 0
  const refreshLists = () => {
    listTimer = undefined
    lastList = Date.now()
    void client.invalidateQueries({ queryKey: ['applications'] })
  }
  const flush = () => {
    timer = undefined
    const touched = touchedKeys(waiting)
    waiting = []
    for (const queryKey of touched) {
      if (queryKey[0] !== 'applications') void client.invalidateQueries({ queryKey })
      else listTimer ??= setTimeout(refreshLists, Math.max(0, lastList + listWait - Date.now()))
    }
  }
  return {
    add(change: Change) {
      waiting.push(change)
      timer ??= setTimeout(flush, batchWait)
    },
    reset() {
      void client.invalidateQueries()
    },
    stop() {
      clearTimeout(timer)
      clearTimeout(listTimer)
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
