import { expect, it } from 'vitest'
import { en } from './messages/en.ts'
import { zh } from './messages/zh.ts'
import { createTranslate } from './translate.ts'

const names = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))

it('every message has the same values in both languages', () => {
  for (const [key, text] of Object.entries(en)) {
    expect([key, names(zh[key as keyof typeof en])]).toEqual([key, names(text)])
  }
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort())
})

it('counts in the words of the language', () => {
  expect(createTranslate('en')('tree.pods', { n: 1 })).toBe('1 pod')
  expect(createTranslate('en')('tree.pods', { n: 1200 })).toBe('1,200 pods')
  expect(createTranslate('zh-CN')('tree.pods', { n: 1 })).toBe('1 个 Pod')
})

it('leaves user text as it is', () => {
  expect(createTranslate('en')('dialog.type', { name: '{n} <b> $& | x' })).toBe('Type {n} <b> $& | x')
})
