'use client'

import type { ApplicationPage } from '@driftless/contract'
import type { ApplicationRow } from '@driftless/model'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { api } from '#lib/api/client.ts'
import { keys } from '#lib/api/keys.ts'
import { type ListState, toSearchQuery } from '../logic/list-state.ts'

const pageSize = 100

/** The applications that match, read in pages as they come into sight. */
export function useApplicationPages(state: ListState) {
  const [range, setRange] = useState({ first: 0, last: 0 })
  const query = useMemo(() => toSearchQuery(state), [state])
  // The first page is always read: it knows the counts.
  const pages = useMemo(() => {
    const wanted = new Set([0])
    for (let page = range.first; page <= range.last; page += 1) wanted.add(page)
    return [...wanted]
  }, [range])
  const results = useQueries({
    queries: pages.map((page) => {
      const pageQuery = { ...query, offset: page * pageSize, limit: pageSize }
      return {
        queryKey: keys.applicationPage(pageQuery),
        queryFn: ({ signal }: { signal: AbortSignal }) => api.call('searchApplications', { query: pageQuery, signal }),
        placeholderData: keepPreviousData<ApplicationPage>,
      }
    }),
  })
  const first = results[0]
  const byPage = new Map(pages.map((page, index) => [page, results[index]?.data]))
  const rowAt = (index: number): ApplicationRow | undefined =>
    byPage.get(Math.floor(index / pageSize))?.rows[index % pageSize]
  const onVisible = useCallback((from: number, to: number) => {
    const next = { first: Math.floor(from / pageSize), last: Math.floor(Math.max(from, to) / pageSize) }
    setRange((current) => (current.first === next.first && current.last === next.last ? current : next))
  }, [])
  return {
    rowAt,
    onVisible,
    page: first?.data,
    total: first?.data?.total ?? 0,
    all: first?.data?.all ?? 0,
    error: first?.error ?? undefined,
    retry: () => void first?.refetch(),
    loading: first?.data === undefined && first?.error === null,
  }
}

export type ApplicationPages = ReturnType<typeof useApplicationPages>
