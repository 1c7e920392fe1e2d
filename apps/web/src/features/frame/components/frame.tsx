'use client'

import { classNames } from '@driftless/ui'
import { usePathname, useSearchParams } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'
import { LiveProvider } from '#lib/live/provider.tsx'
import { loginPath } from '#lib/session/return-url.ts'
import { useSession } from '#lib/session/session.ts'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'

/** Everything around a page of the console: the rail, live updates, palette and shortcut sheet. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const session = useSession()
  const creating = useSearchParams().has('new')
  const wide = usePathname() === '/applications' && !creating
  const anonymous = session.data?.loggedIn === false
  useEffect(() => {
    if (anonymous) window.location.replace(loginPath(window.location.pathname + window.location.search))
  }, [anonymous])
  if (anonymous) return null
  // Nothing is asked of the server before it is known who asks.
  if (session.data === undefined && session.error === null) return null
  return (
    <LiveProvider>
      <div
        className={classNames(
          'grid h-dvh overflow-hidden max-sm:grid-rows-[auto_minmax(0,1fr)] sm:grid-cols-[52px_minmax(0,1fr)]',
          wide && 'min-[1280px]:grid-cols-[208px_minmax(0,1fr)]',
        )}
      >
        <Rail expandable={wide} />
        <main className="relative flex min-h-0 min-w-0 flex-col">{children}</main>
      </div>
      <Palette />
      <ShortcutSheet />
    </LiveProvider>
  )
}
