import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { chooseLanguage, languageCookie, parseTheme, themeCookie } from '#lib/preferences/preferences.ts'
import { Providers } from '#lib/providers.tsx'
import './globals.css'

export const metadata: Metadata = { title: { default: 'Driftless', template: '%s · Driftless' } }

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

/** Theme and language come from cookies, so the first paint is right and needs no script. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const theme = parseTheme(jar.get(themeCookie)?.value)
  const language = chooseLanguage(jar.get(languageCookie)?.value, head.get('accept-language'))
  return (
    <html data-theme={theme === 'system' ? undefined : theme} lang={language} suppressHydrationWarning>
      <body>
        <Providers language={language} theme={theme}>
          {children}
        </Providers>
      </body>
    </html>
  )
}
