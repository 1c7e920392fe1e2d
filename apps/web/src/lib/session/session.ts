'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { loginPath } from './return-url.ts'

/** Who is logged in. */
export function useSession() {
  return useQuery({
    queryKey: keys.session,
    queryFn: ({ signal }) => api.call('getUserInfo', { signal }),
    staleTime: 60_000,
  })
}

/** What the server tells the console about itself. */
export function useSettings() {
  return useQuery({
    queryKey: keys.settings,
    queryFn: ({ signal }) => api.call('getSettings', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The server's version. */
export function useVersion() {
  return useQuery({
    queryKey: keys.version,
    queryFn: ({ signal }) => api.call('getVersion', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Ends the session and goes to the login page. */
export function useLogout() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.call('logout', {}),
    onSettled: () => {
      client.clear()
      window.location.assign(loginPath(undefined))
    },
  })
}
