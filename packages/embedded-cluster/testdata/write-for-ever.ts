// Commits without end to the storage in the directory it is given, and reports every version that was committed.
import { systemClock } from '@driftless/foundation'
import { openFileStorage } from '../src/storage/file-storage.ts'

const [directory = ''] = process.argv.slice(2)
const storage = openFileStorage({ directory, clock: systemClock })
let version = storage.version

function commitOnce(): void {
  version += 1
  const put = (name: string) => ({
    version,
    type: 'put' as const,
    resource: '/configmaps',
    key: { group: '', kind: 'ConfigMap', namespace: 'n', name },
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'n' }, data: { value: String(version), filler: 'x'.repeat(3_000) } },
  })
  storage.commit([put('left'), put('right')])
  process.send?.(version)
  if (version % 200 === 0) void storage.compact()
  setImmediate(commitOnce)
}
commitOnce()
