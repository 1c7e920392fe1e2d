import { expect, it } from 'vitest'
import { httpUrl, repositoryName, shortRepositoryName } from './http-url.ts'

it.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  ' https://a',
  'title|javascript:1',
  'ftp://a',
])('refuses %j as a link', (text) => {
  expect(httpUrl(text)).toBeUndefined()
})

it('accepts web addresses', () => {
  expect(httpUrl('https://shop.example.com/a?b')).toBe('https://shop.example.com/a?b')
})

it('names a repository without scheme, credentials and suffix', () => {
  expect(repositoryName('https://user:secret@git.example.com/shop/deploy.git')).toBe('git.example.com/shop/deploy')
  expect(shortRepositoryName('https://git.example.com/shop/deploy.git')).toBe('shop/deploy')
  expect(shortRepositoryName('http://127.0.0.1:8431/demo.git')).toBe('demo')
})
