import { expect, it } from 'vitest'
import { chooseLanguage, parseTheme } from './preferences.ts'

it('takes the stored language before what the browser asks for', () => {
  expect(chooseLanguage('zh-CN', 'en-US,en')).toBe('zh-CN')
})

it('takes the first language of the browser that has a catalogue', () => {
  expect(chooseLanguage(undefined, 'fr-FR,zh-Hans;q=0.9,en;q=0.8')).toBe('zh-CN')
  expect(chooseLanguage('xx', 'de')).toBe('en')
})

it('follows the system when the stored theme is unknown', () => {
  expect(parseTheme('neon')).toBe('system')
  expect(parseTheme('dark')).toBe('dark')
})
