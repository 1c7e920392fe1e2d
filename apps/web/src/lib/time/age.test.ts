import { expect, it } from 'vitest'
import { createTranslate } from '../i18n/translate.ts'
import { agoText, durationText, preciseDurationText, secondsSince } from './age.ts'

const t = createTranslate('en')
const zh = createTranslate('zh-CN')

it('words a duration by its largest sensible unit', () => {
  expect(durationText(t, 74)).toBe('74 s')
  expect(durationText(t, 26 * 60)).toBe('26 min')
  expect(durationText(t, 13 * 86_400)).toBe('13 d')
  expect(durationText(t, 584 * 86_400)).toBe('1.6 y')
  expect(durationText(zh, 26 * 60)).toBe('26 分钟')
})

it('keeps the seconds of what was measured', () => {
  expect(preciseDurationText(t, 70)).toBe('1 min 10 s')
  expect(preciseDurationText(t, 60)).toBe('1 min')
})

it('says now instead of a few seconds', () => {
  expect(agoText(t, '2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:00:03Z'))).toBe('now')
  expect(agoText(t, '2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:12:03Z'))).toBe('12 min ago')
})

it('never gives a negative age when clocks differ', () => {
  expect(secondsSince('2026-01-01T00:01:00Z', Date.parse('2026-01-01T00:00:00Z'))).toBe(0)
  expect(secondsSince('yesterday', Date.now())).toBe(0)
})
