/** Which theme to show; `system` follows the machine. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Languages with a complete catalogue. */
export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

export const themeCookie = 'driftless-theme'
export const languageCookie = 'driftless-language'

/** Reads a stored theme; anything unknown is `system`. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}

/** The stored language, else the first one of `Accept-Language` that there is a catalogue for, else English. */
export function chooseLanguage(stored: string | undefined, accepted: string | null): Language {
  const known = languages.find((language) => language === stored)
  if (known !== undefined) return known
  for (const part of (accepted ?? '').split(',')) {
    const tag = part.split(';')[0]?.trim().toLowerCase() ?? ''
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN'
    if (tag === 'en' || tag.startsWith('en-')) return 'en'
  }
  return 'en'
}

/** The cookie line that keeps a preference for a year. */
export function preferenceCookie(name: string, value: string): string {
  return `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`
}
