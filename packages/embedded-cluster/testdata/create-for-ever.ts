// Starts a cluster on the directory it is given, creates ConfigMaps without end and reports each that was acknowledged.
import { join } from 'node:path'
import { startEmbeddedCluster } from '../src/index.ts'

const [directory = ''] = process.argv.slice(2)
const { api } = await startEmbeddedCluster({ name: 'killed', directory, kubeconfigPath: join(directory, 'kubeconfig') })
let number = 0

function createOne(): void {
  number += 1
  api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${number}`, namespace: 'default' }, data: { n: String(number) } })
  process.send?.(number)
  setImmediate(createOne)
}
createOne()
