import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import { chooseLanguage, languageCookie } from '../preferences/preferences.ts'
import { createTranslate, type MessageKey } from './translate.ts'

/** The title of a page's window in the reader's language. */
export async function pageTitle(key: MessageKey): Promise<Metadata> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const language = chooseLanguage(jar.get(languageCookie)?.value, head.get('accept-language'))
  return { title: createTranslate(language)(key) }
}
