import { expect, it } from 'vitest'
import { loginPath, safeReturnUrl } from './return-url.ts'

it('returns to the page the reader came from', () => {
  expect(safeReturnUrl('/applications/argocd/web?view=tree')).toBe('/applications/argocd/web?view=tree')
  expect(loginPath('/applications/argocd/web?view=tree')).toBe(
    '/login?return_url=%2Fapplications%2Fargocd%2Fweb%3Fview%3Dtree',
  )
})

it.each(['https://evil.test/', '//evil.test', '/\\evil.test', '/\t/evil.test', 'javascript:alert(1)', '', null])(
  'never leaves the console for %j',
  (value) => {
    expect(safeReturnUrl(value)).toBe('/applications')
  },
)

it('does not return to the login page itself', () => {
  expect(loginPath('/login?return_url=%2F')).toBe('/login')
})
