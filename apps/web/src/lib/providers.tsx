'use client'

import { ToastProvider, TooltipProvider } from '@driftless/ui'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { isTransient, isUnauthenticated } from './api/refusal.ts'
import { useTranslate } from './i18n/use-translate.ts'
import type { Language, Theme } from './preferences/preferences.ts'
import { PreferencesProvider } from './preferences/provider.tsx'
import { loginPath } from './session/return-url.ts'

export interface ProvidersProps {
  readonly theme: Theme
  readonly language: Language
  readonly children: ReactNode
}

/** What every page needs around it. */
export function Providers({ theme, language, children }: ProvidersProps) {
  const [client] = useState(createQueryClient)
  return (
    <PreferencesProvider language={language} theme={theme}>
      <QueryClientProvider client={client}>
        <TooltipProvider>
          <Toasts>{children}</Toasts>
        </TooltipProvider>
      </QueryClientProvider>
    </PreferencesProvider>
  )
}

function Toasts({ children }: { readonly children: ReactNode }) {
  const t = useTranslate()
  return <ToastProvider closeLabel={t('action.close')}>{children}</ToastProvider>
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isUnauthenticated(error))
          window.location.assign(loginPath(window.location.pathname + window.location.search))
      },
    }),
    defaultOptions: {
      queries: {
        retry: (count, error) => isTransient(error) && count < 2,
        // The change stream says when something is old.
        staleTime: 30_000,
        refetchOnWindowFocus: false,
      },
    },
  })
}
