import { describe, expect, it } from 'vitest'
import { matchesSelector, parseFieldSelector, parseLabelSelector } from '../index.ts'

const labels = { app: 'web', tier: 'front', n: '5' }

describe('selectors', () => {
  it.each([
    ['', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app!=web', false],
    ['missing!=web', true],
    ['app in (web, api)', true],
    ['app notin (web)', false],
    ['missing notin (web)', true],
    ['app', true],
    ['!app', false],
    ['! missing', true],
    ['n>4,n<6', true],
    ['n>5', false],
    ['app>1', false],
    ['app=', false],
    ['toString', false],
  ])('[S1] "%s" is %s', (text, matches) => {
    expect(parseLabelSelector(text)(labels)).toBe(matches)
  })

  it.each(['=a', 'a=b=c', 'a in', 'a in (b', 'a b', ',a', 'a,', 'a=b c', 'a>x', '-a', 'a in b', 'a=!'])(
    '[S1] "%s" is refused',
    (text) => {
      expect(() => parseLabelSelector(text)).toThrow(expect.objectContaining({ code: 'SELECTOR_INVALID' }))
    },
  )

  it('[S2] an absent selector matches nothing, an empty one everything', () => {
    expect(matchesSelector(undefined, labels)).toBe(false)
    expect(matchesSelector({}, undefined)).toBe(true)
    expect(
      matchesSelector(
        { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'x', operator: 'DoesNotExist' }] },
        labels,
      ),
    ).toBe(true)
    expect(matchesSelector({ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, labels)).toBe(
      false,
    )
  })

  it('[S2] field selectors', () => {
    expect(parseFieldSelector('metadata.name=a,status.phase!=Running,spec.x==b\\,c')).toEqual([
      { field: 'metadata.name', operator: '=', value: 'a' },
      { field: 'status.phase', operator: '!=', value: 'Running' },
      { field: 'spec.x', operator: '=', value: 'b,c' },
    ])
    expect(parseFieldSelector('')).toEqual([])
    expect(() => parseFieldSelector('a')).toThrow(expect.objectContaining({ code: 'SELECTOR_INVALID' }))
  })
})
