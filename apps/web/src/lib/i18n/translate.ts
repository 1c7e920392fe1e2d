import type { Language } from '../preferences/preferences.ts'
import { en } from './messages/en.ts'
import { zh } from './messages/zh.ts'

/** Keys of the catalogue; English is the one that defines them. */
export type MessageKey = keyof typeof en
export type MessageValues = Readonly<Record<string, string | number>>
export type Translate = (key: MessageKey, values?: MessageValues) => string

const catalogues: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, 'zh-CN': zh }

/** Fills a message: `{name}` takes a value, ` | ` parts singular from plural by the value `n`; numbers are written by locale. */
export function createTranslate(language: Language): Translate {
  const numbers = new Intl.NumberFormat(language)
  const plural = new Intl.PluralRules(language)
  return (key, values = {}) => {
    const forms = catalogues[language][key].split(' | ')
    const count = typeof values.n === 'number' ? values.n : 1
    const form = forms.length > 1 && plural.select(count) !== 'one' ? forms[1] : forms[0]
    return (form ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      if (value === undefined) return whole
      return typeof value === 'number' ? numbers.format(value) : value
    })
  }
}
