import { expect, it } from 'vitest'
import { isHandMade, lineOfPath, linesByPath, valueText } from './difference-text.ts'

const yaml = `apiVersion: apps/v1
spec:
  template:
    spec:
      containers:
        - name: api
          image: web:1
          env:
            - name: A
              value: "1"
        - name: proxy
          image: proxy:1
      note: |
        image: not a field
      tail: x
`

it('finds the lines of fields, through lists', () => {
  const lines = linesByPath(yaml)
  expect(lines.get('spec.template.spec.containers[0].image')).toBe(7)
  expect(lines.get('spec.template.spec.containers[0].env[0].value')).toBe(10)
  expect(lines.get('spec.template.spec.containers[1].image')).toBe(12)
  expect(lines.get('spec.template.spec.tail')).toBe(15)
})

it('takes block text for text', () => {
  expect([...linesByPath(yaml).keys()]).not.toContain('spec.template.spec.note.image')
})

it('points at the nearest field when the path itself is absent', () => {
  expect(lineOfPath(linesByPath(yaml), 'spec.template.spec.containers[1].resources.limits')).toBe(11)
  expect(lineOfPath(linesByPath(yaml), 'status.x')).toBeUndefined()
})

it('reads lists that stand in the column of their key', () => {
  expect(linesByPath('items:\n- a: 1\n- a: 2\nlast: x\n')).toEqual(
    new Map([
      ['items', 1],
      ['items[0]', 2],
      ['items[0].a', 2],
      ['items[1]', 3],
      ['items[1].a', 3],
      ['last', 4],
    ]),
  )
})

it('knows hands from controllers', () => {
  expect(isHandMade('kubectl-scale')).toBe(true)
  expect(isHandMade('kube-controller-manager')).toBe(false)
})

it('cuts long values', () => {
  expect(valueText('x'.repeat(500), '')).toHaveLength(118)
  expect(valueText(undefined, 'absent')).toBe('absent')
})
