'use client'

import { Icon } from '@driftless/ui'
import { useTranslate } from '../i18n/use-translate.ts'
import { languages, themes } from './preferences.ts'
import { usePreferences } from './provider.tsx'

const languageNames = { en: 'English', 'zh-CN': '简体中文' } as const

/** Switches of language and theme, for pages without a user menu. */
export function PreferenceLinks() {
  const t = useTranslate()
  const { theme, language, setTheme, setLanguage } = usePreferences()
  const nextTheme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
  return (
    <>
      <span className="flex items-center gap-1.5">
        <Icon name="globe" size={14} />
        {languages.map((each, index) => (
          <span className="flex items-center gap-1.5" key={each}>
            {index > 0 ? <span aria-hidden="true">·</span> : null}
            <button
              aria-pressed={each === language}
              className={each === language ? 'text-text' : 'cursor-pointer hover:text-text'}
              lang={each}
              onClick={() => setLanguage(each)}
              type="button"
            >
              {languageNames[each]}
            </button>
          </span>
        ))}
      </span>
      <button
        className="flex cursor-pointer items-center gap-1.5 hover:text-text"
        onClick={() => setTheme(nextTheme)}
        type="button"
      >
        <Icon name={theme === 'light' ? 'sun' : 'moon'} size={14} />
        {t('theme.label')}: {t(`theme.${theme}`)}
      </button>
    </>
  )
}
