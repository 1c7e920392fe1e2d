'use client'

import { Icon, type IconName, TopBar } from '@driftless/ui'
import Link from 'next/link'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'

const places: readonly {
  readonly href: string
  readonly icon: IconName
  readonly title: MessageKey
  readonly text: MessageKey
}[] = [
  { href: '/settings/repos', icon: 'branch', title: 'settings.repositories', text: 'settings.repositoriesText' },
  { href: '/settings/clusters', icon: 'cluster', title: 'settings.clusters', text: 'settings.clustersText' },
  { href: '/user-info', icon: 'user', title: 'nav.userInfo', text: 'settings.accountText' },
]

/** The places where the instance is set up. */
export function SettingsPage() {
  const t = useTranslate()
  return (
    <>
      <TopBar title={t('nav.settings')} />
      <ul className="grid max-w-[900px] grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-3 p-4">
        {places.map((place) => (
          <li key={place.href}>
            <Link
              className="flex gap-3 rounded-3 border border-line bg-surface p-4 shadow-1 hover:border-line-strong hover:shadow-2"
              href={place.href}
            >
              <span className="grid size-8 flex-none place-items-center rounded-3 bg-hover text-text-2">
                <Icon name={place.icon} />
              </span>
              <span className="min-w-0">
                <span className="block font-semibold text-14">{t(place.title)}</span>
                <span className="text-12 text-text-3">{t(place.text)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
