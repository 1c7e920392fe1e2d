'use client'

import { classNames } from '@driftless/ui'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useClusters, useRepositories } from '#lib/api/inventory.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'

/** The settings' own column of places, and the page beside it. */
export function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const t = useTranslate()
  const path = usePathname()
  const repositories = useRepositories()
  const clusters = useClusters()
  const places = [
    { href: '/settings/repos', label: t('settings.repositories'), count: repositories.data?.length },
    { href: '/settings/clusters', label: t('settings.clusters'), count: clusters.data?.length },
  ]
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <nav
        aria-label={t('nav.settings')}
        className="w-[208px] flex-none overflow-y-auto border-line border-r p-2 max-md:flex max-md:w-full max-md:border-r-0 max-md:border-b"
      >
        <h2 className="px-2 py-1.5 font-semibold text-11 text-text-3 max-md:hidden">{t('settings.connections')}</h2>
        {places.map((place) => (
          <Link
            aria-current={path === place.href ? 'page' : undefined}
            className={classNames(
              'flex h-[30px] items-center justify-between gap-3 rounded-2 px-2',
              path === place.href ? 'bg-accent-bg text-text' : 'text-text-2 hover:bg-hover',
            )}
            href={place.href}
            key={place.href}
          >
            {place.label}
            <span className={path === place.href ? 'font-medium text-12 text-accent-text' : 'text-12 text-text-3'}>
              {place.count}
            </span>
          </Link>
        ))}
      </nav>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>
    </div>
  )
}
