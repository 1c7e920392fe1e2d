import { describe, expect, it } from 'vitest'
import { createGlob } from './glob.ts'

const matches = (pattern: string, texts: string[], options?: Parameters<typeof createGlob>[1]) =>
  texts.filter(createGlob(pattern, options))
const files = ['a.yaml', 'b.yml', 'sub/a.yaml', 'sub/deep/a.yaml', 'c.json', '.hidden.yaml']

describe('a glob', () => {
  it('lets * cross everything when there are no separators', () => {
    expect(matches('*.yaml', files)).toEqual(['a.yaml', 'sub/a.yaml', 'sub/deep/a.yaml', '.hidden.yaml'])
  })

  it('keeps * and ? within separators, and lets ** cross them', () => {
    expect(matches('*.yaml', files, { separators: '/' })).toEqual(['a.yaml', '.hidden.yaml'])
    expect(matches('s?b/*', files, { separators: '/' })).toEqual(['sub/a.yaml'])
    expect(matches('s**', files, { separators: '/' })).toEqual(['sub/a.yaml', 'sub/deep/a.yaml'])
    expect(matches('a?b', ['a/b', 'a.b'], { separators: '/' })).toEqual(['a.b'])
  })

  it('reads {a,b} as either, nested too, and an empty branch as nothing', () => {
    expect(matches('{*.yml,*.json}', files)).toEqual(['b.yml', 'c.json'])
    expect(matches('{a,{b,c}}x', ['ax', 'bx', 'cx', 'dx'])).toEqual(['ax', 'bx', 'cx'])
    expect(matches('values{-prod,}.yaml', ['values.yaml', 'values-prod.yaml', 'values-dev.yaml'])).toEqual([
      'values.yaml',
      'values-prod.yaml',
    ])
  })

  it('takes braces literally when alternation is off', () => {
    expect(matches('{a}', ['{a}', 'a'], { alternation: false })).toEqual(['{a}'])
  })

  it('reads classes, ranges and their negation', () => {
    expect(matches('[a-c]', ['a', 'c', 'd', '-'])).toEqual(['a', 'c'])
    expect(matches('[!a-c]', ['a', 'd', 'ä'])).toEqual(['d', 'ä'])
  })

  it('counts a character beyond the basic plane as one', () => {
    expect(matches('?', ['😀', 'ab'])).toEqual(['😀'])
  })

  it('takes what follows a backslash literally', () => {
    expect(matches('\\*', ['*', 'a'])).toEqual(['*'])
    expect(matches('\\{a\\}', ['{a}'])).toEqual(['{a}'])
  })

  it('lets a ** segment stand for any number of segments in the path dialect, none included', () => {
    const path = { separators: '/', globstar: true }
    expect(matches('**/a.yaml', files, path)).toEqual(['a.yaml', 'sub/a.yaml', 'sub/deep/a.yaml'])
    expect(matches('sub/**/a.yaml', files, path)).toEqual(['sub/a.yaml', 'sub/deep/a.yaml'])
    expect(matches('a/**', ['a', 'a/b', 'a/b/c', 'ab'], path)).toEqual(['a', 'a/b', 'a/b/c'])
    expect(matches('a**', ['ab', 'a/b'], path)).toEqual(['ab'])
  })

  it.each(['[', '[a', '[]', '{a', '{a,{b}', 'a\\', '[z-a]'])('refuses the broken pattern %j', (pattern) => {
    expect(() => createGlob(pattern)).toThrow(/is not a valid glob/)
  })

  it('refuses a pattern that is too long or nested too deeply', () => {
    expect(() => createGlob(`${'?'.repeat(5000)}`)).toThrow(/too long/)
    expect(() => createGlob('{'.repeat(100))).toThrow(/nested too deeply/)
  })

  it('does not blow up on a hostile pattern', () => {
    const hostile = createGlob(`${'*a'.repeat(40)}b`)
    expect(hostile('a'.repeat(20_000))).toBe(false)
    expect(createGlob(`${'{a,a}'.repeat(60)}b`)('a'.repeat(60))).toBe(false)
  })
})
