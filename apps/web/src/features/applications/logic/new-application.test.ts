import type { Application } from '@driftless/model'
import { expect, it } from 'vitest'
import { fieldPaths, missingFields, readField, refusedField, startingText, writeField } from './new-application.ts'

const text = `# mine
metadata:
  name: web # the shop
spec:
  source:
    repoURL: https://git.example.com/a.git
`

it('writes a field and keeps comments', () => {
  expect(writeField(text, fieldPaths.name, 'shop')).toBe(text.replace('name: web', 'name: shop'))
})

it('form and YAML are one document', () => {
  const changed = writeField(text, fieldPaths.namespace, 'prod')
  expect(readField(changed, fieldPaths.namespace)).toBe('prod')
  expect(readField(changed, fieldPaths.repoURL)).toBe('https://git.example.com/a.git')
})

it('takes a field away with the parents that it leaves empty', () => {
  const automated = writeField(text, fieldPaths.automated, { prune: true })
  expect(readField(automated, fieldPaths.automated)).toEqual({ prune: true })
  expect(readField(writeField(automated, fieldPaths.automated, undefined), ['spec', 'syncPolicy'])).toBeUndefined()
})

it('does not touch a text that cannot be read', () => {
  expect(writeField('a: [', fieldPaths.name, 'x')).toBe('a: [')
  expect(readField('a: [', fieldPaths.name)).toBeUndefined()
})

it('begins from the address', () => {
  const prefill = JSON.stringify({ metadata: { name: 'web' }, spec: { project: 'shop' } })
  const begun = startingText(prefill, { namespace: 'argocd' })
  expect(readField(begun, fieldPaths.name)).toBe('web')
  expect(readField(begun, fieldPaths.project)).toBe('shop')
  expect(startingText('{broken', { namespace: 'argocd' })).toContain('namespace: argocd')
})

it('says what is missing', () => {
  const application = {
    metadata: { name: '' },
    spec: { project: 'default', source: { repoURL: '', path: '' }, destination: {} },
  } as Application
  expect(missingFields(application)).toEqual(['name', 'repoURL', 'path', 'cluster'])
})

it('puts a refusal beside the field it is about', () => {
  expect(refusedField({ 'spec.destination.namespace': 'no' }, 'x')).toBe('namespace')
  expect(refusedField({}, 'existing application spec is different, use upsert flag to force update')).toBe('name')
  expect(refusedField({}, 'app path does not exist: manifests/x')).toBe('path')
  expect(refusedField({}, "unable to resolve 'nope' to a commit")).toBe('revision')
  expect(refusedField({}, 'something else')).toBeUndefined()
})

it('quotes only what needs quotes', () => {
  const begun = startingText('', { namespace: 'argocd' })
  expect(writeField(begun, fieldPaths.name, 'web')).toContain('  name: web\n')
  expect(readField(writeField(begun, fieldPaths.revision, '1.10'), fieldPaths.revision)).toBe('1.10')
  expect(readField(writeField(begun, fieldPaths.name, '- x: y # z'), fieldPaths.name)).toBe('- x: y # z')
})
