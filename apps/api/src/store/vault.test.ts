import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createVault } from './vault.ts'

const key = () => randomBytes(32).toString('base64')

it('opens what it sealed, for the same owner only', () => {
  const vault = createVault(key(), 'test')
  const sealed = vault.seal({ password: 'secret' }, 'repository:1')
  expect(sealed).not.toContain('secret')
  expect(vault.open(sealed, 'repository:1')).toEqual({ password: 'secret' })
  expect(() => vault.open(sealed, 'repository:2')).toThrow(expect.objectContaining({ code: 'STORE_SECRET_DAMAGED' }))
})

it('opens values of an older key and says that they are stale', () => {
  const [old, current] = [key(), key()]
  const sealed = createVault(old, 'test').seal('x', 'o')
  const rotated = createVault(`${current}\n${old}\n`, 'test')
  expect(rotated.open(sealed, 'o')).toBe('x')
  expect(rotated.isStale(sealed)).toBe(true)
  expect(rotated.isStale(rotated.seal('x', 'o'))).toBe(false)
})

it('refuses values of an unknown key and changed values', () => {
  const vault = createVault(key(), 'test')
  expect(() => createVault(key(), 'test').open(vault.seal('x', 'o'), 'o')).toThrow(
    expect.objectContaining({ code: 'STORE_KEY_MISSING' }),
  )
  const sealed = vault.seal('x', 'o')
  const changed = `${sealed.slice(0, -4)}${sealed.at(-4) === 'A' ? 'B' : 'A'}${sealed.slice(-3)}`
  expect(() => vault.open(changed, 'o')).toThrow(expect.objectContaining({ code: 'STORE_SECRET_DAMAGED' }))
})

it('refuses keys of a wrong size, and none at all', () => {
  for (const text of ['', 'c2hvcnQ='])
    expect(() => createVault(text, 'keys')).toThrow(expect.objectContaining({ code: 'STORE_KEY_FILE_INVALID' }))
})
