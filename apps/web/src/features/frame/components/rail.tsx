'use client'

import { classNames, Icon, IconButton, type IconName, Mark, Wordmark } from '@driftless/ui'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useLogout } from '#lib/session/session.ts'
import { Fleet } from './fleet.tsx'
import { UserMenu } from './user-menu.tsx'

interface Place {
  readonly href: string
  readonly icon: IconName
  readonly label: MessageKey
}

const places: readonly (readonly Place[])[] = [
  [{ href: '/applications', icon: 'apps', label: 'nav.applications' }],
  [
    { href: '/settings', icon: 'settings', label: 'nav.settings' },
    { href: '/user-info', icon: 'user', label: 'nav.userInfo' },
    { href: '/help', icon: 'docs', label: 'nav.documentation' },
  ],
]

/** The way to every part of the console; on wide list pages with words, elsewhere as icons, on a phone along the top. */
export function Rail({ expandable }: { readonly expandable: boolean }) {
  const t = useTranslate()
  const logout = useLogout()
  const words = expandable ? 'hidden min-[1280px]:block' : 'hidden'
  return (
    <aside className="flex min-h-0 flex-col border-line bg-sunken px-2 max-sm:flex-row max-sm:items-center max-sm:gap-2 max-sm:border-b sm:border-r sm:pb-2">
      <Link
        aria-label="Driftless"
        className={classNames(
          'flex h-12 flex-none items-center gap-2.5 px-2 sm:justify-center sm:px-0',
          expandable && 'min-[1280px]:justify-start min-[1280px]:px-2',
        )}
        href="/applications"
      >
        <Mark />
        <span className={words}>
          <Wordmark />
        </span>
      </Link>
      {places.map((group, index) => (
        <nav
          aria-label={t(index === 0 ? 'nav.main' : 'nav.instance')}
          className={classNames('flex gap-0.5 sm:flex-col', index > 0 && 'border-line sm:mt-3 sm:border-t sm:pt-3')}
          key={group[0]?.href}
        >
          {group.map((place) => (
            <PlaceLink expandable={expandable} key={place.href} place={place} words={words} />
          ))}
        </nav>
      ))}
      <div className="flex flex-col gap-0.5 max-sm:ml-auto sm:mt-auto">
        {expandable ? (
          <div className={words}>
            <Fleet />
          </div>
        ) : null}
        <div
          className={classNames('flex items-center gap-0.5 sm:flex-col-reverse', expandable && 'min-[1280px]:flex-row')}
        >
          <UserMenu expandable={expandable} words={words} />
          <IconButton
            busy={logout.isPending}
            icon="logout"
            label={t('action.logOut')}
            onClick={() => logout.mutate()}
          />
        </div>
      </div>
    </aside>
  )
}

function PlaceLink({
  place,
  expandable,
  words,
}: {
  readonly place: Place
  readonly expandable: boolean
  readonly words: string
}) {
  const t = useTranslate()
  const path = usePathname()
  const here = path === place.href || path.startsWith(`${place.href}/`)
  return (
    <Link
      aria-current={here ? 'page' : undefined}
      aria-label={t(place.label)}
      className={classNames(
        'flex h-[30px] items-center justify-center gap-2.5 rounded-2 font-medium hover:bg-hover max-sm:size-9',
        expandable && 'min-[1280px]:justify-start min-[1280px]:px-2',
        here ? 'bg-surface text-text shadow-1 ring-1 ring-line ring-inset [&_svg]:text-accent-text' : 'text-text-2',
      )}
      href={place.href}
      title={t(place.label)}
    >
      <Icon name={place.icon} />
      <span className={words}>{t(place.label)}</span>
    </Link>
  )
}
