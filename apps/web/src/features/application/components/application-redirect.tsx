'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useSettings } from '#lib/session/session.ts'

/** Sends an older link without a namespace to the application of that name beside the control plane. */
export function ApplicationRedirect({ name }: { readonly name: string }) {
  const router = useRouter()
  const settings = useSettings()
  const namespace = settings.data?.controllerNamespace ?? (settings.isSuccess ? 'argocd' : undefined)
  useEffect(() => {
    if (namespace !== undefined)
      router.replace(
        `/applications/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}${window.location.search}`,
      )
  }, [router, namespace, name])
  return null
}
