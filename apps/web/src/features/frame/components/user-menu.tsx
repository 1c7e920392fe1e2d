'use client'

import { classNames, Menu, type MenuItem } from '@driftless/ui'
import { useRouter } from 'next/navigation'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { themes } from '#lib/preferences/preferences.ts'
import { usePreferences } from '#lib/preferences/provider.tsx'
import { useLogout, useSession, useVersion } from '#lib/session/session.ts'

/** Who is logged in; theme, language and logging out. */
export function UserMenu({ expandable, words }: { readonly expandable: boolean; readonly words: string }) {
  const t = useTranslate()
  const session = useSession()
  const version = useVersion()
  const items = useUserMenuItems()
  const name = session.data?.username ?? ''
  return (
    <Menu
      align="start"
      items={items}
      trigger={
        <button
          aria-label={t('nav.userMenu')}
          className={classNames(
            'flex h-9 w-full cursor-pointer items-center justify-center gap-2.5 rounded-2 hover:bg-hover',
            expandable && 'min-[1280px]:justify-start min-[1280px]:px-2',
          )}
          title={name}
          type="button"
        >
          <span className="flex size-[22px] flex-none items-center justify-center rounded-full bg-accent-bg font-semibold text-[10px] text-accent-text uppercase">
            {name.slice(0, 2)}
          </span>
          <span className={classNames(words, 'truncate font-medium text-text-2')}>{name}</span>
          <span className={classNames(words, 'ml-auto text-11 text-text-3')}>{version.data?.Version}</span>
        </button>
      }
    />
  )
}

function useUserMenuItems(): MenuItem[] {
  const t = useTranslate()
  const router = useRouter()
  const logout = useLogout()
  const { theme, language, setTheme, setLanguage } = usePreferences()
  return [
    { label: t('nav.userInfo'), icon: 'user', onSelect: () => router.push('/user-info') },
    ...themes.map((each, index) => ({
      label: `${t('theme.label')}: ${t(`theme.${each}`)}`,
      icon: each === 'light' ? ('sun' as const) : ('moon' as const),
      checked: theme === each,
      separated: index === 0,
      onSelect: () => setTheme(each),
    })),
    { label: 'English', icon: 'globe', checked: language === 'en', separated: true, onSelect: () => setLanguage('en') },
    { label: '简体中文', icon: 'globe', checked: language === 'zh-CN', onSelect: () => setLanguage('zh-CN') },
    { label: t('action.logOut'), icon: 'logout', separated: true, onSelect: () => logout.mutate() },
  ]
}
