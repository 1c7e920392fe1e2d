'use client'

import { useMemo } from 'react'
import { useUrlState } from '#lib/url/use-url-state.ts'
import { parseListState } from '../logic/list-state.ts'

/** The list's state in the address, and how to change it. */
export function useListState() {
  const { params, change } = useUrlState()
  const state = useMemo(() => parseListState(new URLSearchParams(params)), [params])
  return { state, change, params }
}
