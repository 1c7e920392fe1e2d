import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Numbers of resources that are measured. */
export const kustomizationSizes: readonly number[] = [10, 100, 1000, 3000]

/** Writes a kustomization of that many resources, in files of fifty, with a prefix, labels, a namespace, an image and a patch. */
export function writeKustomization(directory: string, resources: number): void {
  mkdirSync(directory, { recursive: true })
  const files = Array.from({ length: Math.ceil(resources / 50) }, (_, index) => `part-${index}.yaml`)
  for (const [index, file] of files.entries()) {
    const count = Math.min(50, resources - index * 50)
    const documents = Array.from({ length: count }, (_, offset) => resource(index * 50 + offset))
    writeFileSync(join(directory, file), documents.join('---\n'))
  }
  const list = files.map((file) => `  - ${file}\n`).join('')
  writeFileSync(join(directory, 'kustomization.yaml'), `resources:\n${list}${rest}`)
}

const rest = `namePrefix: bench-
namespace: bench
labels:
  - pairs: {team: blue}
    includeSelectors: true
images:
  - name: registry.example/app
    newTag: "2.0"
patches:
  - target: {kind: Deployment, name: app-0}
    patch: |
      - op: replace
        path: /spec/replicas
        value: 5
`

/** Every other one is a Deployment that reads the ConfigMap after it. */
function resource(index: number): string {
  if (index % 2 === 1)
    return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config-${index}\ndata:\n  key: value-${index}\n`
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: app-${index}
  template:
    metadata:
      labels:
        app: app-${index}
    spec:
      containers:
      - name: app
        image: registry.example/app:1.0
        envFrom:
        - configMapRef:
            name: config-${index + 1}
`
}
