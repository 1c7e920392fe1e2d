'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

/** Values to set in the address; `undefined` takes a parameter away. */
export type UrlChanges = Readonly<Record<string, string | undefined>>

/** The address's parameters and how to change them: `replace` for filters, `push` for what Back should undo. */
export function useUrlState() {
  const params = useSearchParams()
  const change = useCallback((changes: UrlChanges, mode: 'replace' | 'push' = 'replace') => {
    const next = changedUrl(window.location.pathname, window.location.search, changes)
    if (mode === 'push') window.history.pushState(null, '', next)
    else window.history.replaceState(null, '', next)
  }, [])
  return { params, change }
}

/** A path with its query changed. */
export function changedUrl(path: string, search: string, changes: UrlChanges): string {
  const query = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
