import { describe, expect, it } from 'vitest'
import { normalizeRepositoryUrl, parseRepositoryUrl } from './index.ts'

describe('a repository URL', () => {
  it.each([
    ['https://GitHub.com/Acme/Shop.git', 'https://github.com/acme/shop'],
    ['https://ada:secret@github.com/acme/shop/', 'https://github.com/acme/shop'],
    ['https://github.com:443/acme/shop', 'https://github.com/acme/shop'],
    ['https://github.com:8443/acme//shop', 'https://github.com:8443/acme/shop'],
    ['git@github.com:Acme/shop.git', 'ssh://github.com/acme/shop'],
    ['ssh://git@github.com/acme/shop.git', 'ssh://github.com/acme/shop'],
    ['ssh://git@github.com:2222/acme/shop', 'ssh://github.com:2222/acme/shop'],
  ])('%s is the same repository as %s', (url, normal) => {
    expect(normalizeRepositoryUrl(url)).toBe(normal)
  })

  it.each([
    '',
    'https://github.com/acme/shop\nhost=evil.com',
    'https://github.com/acme/shop%0a'.replace('%0a', '\0'),
    'https://host/a b',
    '-oProxyCommand=touch /tmp/x',
    '--upload-pack=touch',
    'ext::sh -c touch',
    'fd::17',
    'file:///etc',
    '/etc/repo',
    '../repo',
    'C:\\repo',
    'git://host/repo',
    'ftp://host/repo',
    'javascript:alert(1)',
    'ssh://-oProxyCommand=x/repo',
    'ssh://-x@host/repo',
    '-x@host:repo',
    'git@-host:repo',
    'https://user%0a:x@host/repo',
    'https://host',
    `https://host/${'a'.repeat(3000)}`,
  ])('is refused when it is %j', (url) => {
    expect(() => parseRepositoryUrl(url)).toThrow(expect.objectContaining({ code: 'GIT_URL_REFUSED' }))
  })

  it('is refused without showing the password in it', () => {
    expect(() => parseRepositoryUrl('ftp://ada:canary@host/repo')).toThrow(/\*{6}@host/)
  })

  it('may be a local file only where that is allowed', () => {
    expect(parseRepositoryUrl('file:///srv/repo.git', { allowFile: true }).transport).toBe('file')
    expect(() => parseRepositoryUrl('file://host/share', { allowFile: true })).toThrow(/not allowed/)
  })

  it('is taken apart into what git gets and what identifies us', () => {
    expect(parseRepositoryUrl('https://ada:s%20x@Host.example/repo.git')).toEqual({
      transport: 'https',
      url: 'https://host.example/repo.git',
      origin: 'https://host.example',
      host: 'host.example',
      username: 'ada',
      password: 's x',
    })
    expect(parseRepositoryUrl('git@host:repo.git')).toMatchObject({
      transport: 'ssh',
      url: 'git@host:repo.git',
      username: 'git',
    })
  })
})
