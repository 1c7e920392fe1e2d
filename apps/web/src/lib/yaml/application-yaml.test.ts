import { expect, it } from 'vitest'
import { parseApplicationYaml } from './application-yaml.ts'

it('reads an application', () => {
  const parsed = parseApplicationYaml(
    'metadata:\n  name: web\nspec:\n  project: shop\n  destination:\n    name: in-cluster\n',
  )
  expect(parsed).toMatchObject({ ok: true, application: { metadata: { name: 'web' }, spec: { project: 'shop' } } })
})

it('names the line of broken YAML', () => {
  expect(parseApplicationYaml('metadata:\n  name: web\n  name: again\n')).toMatchObject({
    ok: false,
    problem: { line: 3 },
  })
})

it('names the field that is wrong and its line', () => {
  const parsed = parseApplicationYaml('metadata:\n  name: web\nspec:\n  project: 5\n  destination: {}\n')
  expect(parsed).toMatchObject({ ok: false, problem: { line: 4, message: expect.stringContaining('spec.project') } })
})

it('does not unfold a bomb of aliases', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefg'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]`),
  ].join('\n')
  expect(parseApplicationYaml(bomb).ok).toBe(false)
})
