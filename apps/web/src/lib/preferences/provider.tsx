'use client'

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { type Language, languageCookie, preferenceCookie, type Theme, themeCookie } from './preferences.ts'

interface Preferences {
  readonly theme: Theme
  readonly language: Language
  readonly setTheme: (theme: Theme) => void
  readonly setLanguage: (language: Language) => void
}

const PreferencesContext = createContext<Preferences | undefined>(undefined)

/** Holds theme and language; the server has written the first ones into the page, so nothing flashes. */
export function PreferencesProvider(props: {
  readonly theme: Theme
  readonly language: Language
  readonly children: ReactNode
}) {
  const [theme, keepTheme] = useState(props.theme)
  const [language, keepLanguage] = useState(props.language)
  const setTheme = useCallback((next: Theme) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it before the page is drawn
    document.cookie = preferenceCookie(themeCookie, next)
    if (next === 'system') document.documentElement.removeAttribute('data-theme')
    else document.documentElement.dataset.theme = next
    keepTheme(next)
  }, [])
  const setLanguage = useCallback((next: Language) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it before the page is drawn
    document.cookie = preferenceCookie(languageCookie, next)
    document.documentElement.lang = next
    keepLanguage(next)
  }, [])
  const value = useMemo(() => ({ theme, language, setTheme, setLanguage }), [theme, language, setTheme, setLanguage])
  return <PreferencesContext.Provider value={value}>{props.children}</PreferencesContext.Provider>
}

/** Theme and language of this browser, and how to change them. */
export function usePreferences(): Preferences {
  const value = useContext(PreferencesContext)
  if (value === undefined) throw new Error('usePreferences needs a PreferencesProvider above it')
  return value
}
