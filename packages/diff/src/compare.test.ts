import { parseManifests } from '@driftless/kube-objects'
import { expect, it } from 'vitest'
import { compare } from './index.ts'

const deployment = (image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: demo}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ${image}
        resources: {requests: {cpu: 1000m}}
`

function one(yaml: string) {
  const [object] = parseManifests(yaml)
  if (object === undefined) throw new Error('no object')
  return object
}

it('[D1] an object that is not in the cluster is modified', () => {
  const comparison = compare({ live: undefined, target: one(deployment('web:1')) })
  expect(comparison).toMatchObject({ modified: true, normalizedLive: null })
})

it('[D6] a changed image is one difference with its path', () => {
  const live = one(deployment('web:1'))
  const { modified, differences } = compare({ live, target: one(deployment('web:2')) })
  expect(modified).toBe(true)
  expect(differences).toEqual([{ path: 'spec.template.spec.containers[0].image', live: 'web:1', desired: 'web:2' }])
})

it('[D4] quantities are compared by amount', () => {
  const live = one(deployment('web:1').replace('1000m', '1'))
  expect(compare({ live, target: one(deployment('web:1')) }).modified).toBe(false)
})
