import { expect, it } from 'vitest'
import { shortRevision } from '#lib/links/revision.ts'
import { shortImage, sourceText } from './tile-text.ts'

it('names the source by repository and path, or by its chart', () => {
  expect(sourceText({ repoURL: 'https://git.example.com/shop/deploy.git', path: 'checkout', chart: undefined })).toBe(
    'shop/deploy/checkout',
  )
  expect(sourceText({ repoURL: 'https://git.example.com/shop/deploy.git', path: '.', chart: undefined })).toBe(
    'shop/deploy',
  )
  expect(sourceText({ repoURL: 'https://charts.example.com', chart: 'redis' })).toBe('redis')
})

it('shortens commits but neither tags nor chart versions', () => {
  expect(shortRevision('b71e0aab71e0aab71e0aab71e0aab71e0aab71e0')).toBe('b71e0aa')
  expect(shortRevision('v1.2.3')).toBe('v1.2.3')
})

it('leaves the registry out and shortens digests', () => {
  expect(shortImage('registry.example.com/shop/checkout:2.15.0')).toBe('shop/checkout:2.15.0')
  expect(shortImage('localhost:5000/web:1')).toBe('web:1')
  expect(shortImage('shop/web@sha256:0123456789abcdef')).toBe('shop/web@0123456')
  expect(shortImage('nginx:1.27')).toBe('nginx:1.27')
})
