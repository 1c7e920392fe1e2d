import { describe, expect, it } from 'vitest'
import { canonicalQuantity, compareQuantities, parseQuantity } from './index.ts'

describe('quantities', () => {
  it.each([
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1.5Gi', '1536Mi'],
    ['1024Mi', '1Gi'],
    ['2000Mi', '2000Mi'],
    ['1000Ki', '1000Ki'],
    ['512', '512'],
    ['1000', '1k'],
    ['1e3', '1e3'],
    ['1.5e3', '1500'],
    ['1E', '1E'],
    ['0.1Ki', '102400m'],
    ['1Ki', '1Ki'],
    ['0.5Ki', '512'],
    ['0', '0'],
    ['0Gi', '0'],
    ['-1500m', '-1500m'],
    ['01', '01'],
    ['1024.001', '1024.001'],
    ['1500.5', '1500500m'],
    ['.5', '500m'],
    ['1n', '1n'],
    ['0.1n', '1n'],
    ['123456789', '123456789'],
    ['100000u', '100m'],
  ])('[Q1] %s is written %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical)
  })

  it('[Q1] numbers are quantities, and values compare exactly', () => {
    expect(canonicalQuantity(2)).toBe('2')
    expect(canonicalQuantity(0.25)).toBe('250m')
    expect(compareQuantities('1Gi', '1024Mi')).toBe(0)
    expect(compareQuantities('1G', '1Gi')).toBe(-1)
    expect(compareQuantities('1', '999m')).toBe(1)
    expect(parseQuantity('1.25')).toEqual({ value: 125n, scale: 2 })
    expect(parseQuantity('1Ki')).toEqual({ value: 1024n, scale: 0 })
  })

  it.each(['', 'a', '1x', '1 Gi', '1e', 'Gi', '.', '--1', '1ki', '1e99999', `${'1'.repeat(300)}`])(
    '[Q1] "%s" is none',
    (text) => {
      expect(() => canonicalQuantity(text)).toThrow(expect.objectContaining({ code: 'QUANTITY_INVALID' }))
    },
  )
})
