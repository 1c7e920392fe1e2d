import { expect, it } from 'vitest'
import { connectField, emptyConnectForm, toRepositoryInput } from './connect-form.ts'

it('sends only what was filled in', () => {
  expect(toRepositoryInput({ ...emptyConnectForm, url: ' https://git.example.com/a.git ' })).toEqual({
    repo: 'https://git.example.com/a.git',
    type: 'git',
  })
})

it('keeps spaces of a password', () => {
  expect(
    toRepositoryInput({ ...emptyConnectForm, url: 'https://a', username: ' bob ', password: ' x ' }),
  ).toMatchObject({ username: 'bob', password: ' x ' })
})

it('puts a refusal where it can be mended', () => {
  expect(connectField('authentication required')).toBe('password')
  expect(connectField('x509: certificate signed by unknown authority')).toBe('tls')
  expect(connectField('dial tcp: lookup git.example.com: no such host')).toBe('url')
})
