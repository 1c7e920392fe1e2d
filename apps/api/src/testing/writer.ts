// Run by the crash test: creates applications one after the other and says each time that one was acknowledged.
import { systemClock } from '@driftless/foundation'
import { createApplicationStore } from '../store/applications/application-store.ts'
import { openDatabase } from '../store/database.ts'
import { exampleApplication, exampleState } from './example-application.ts'

const database = await openDatabase({ kind: 'directory', path: process.argv[2] ?? '' }, { clock: systemClock })
const store = createApplicationStore({ database, now: () => new Date() })
const first = (await store.list()).length
process.stdout.write('ready\n')
for (let number = first; ; number++) {
  const application = exampleApplication(`app-${String(number).padStart(6, '0')}`)
  await store.create(application)
  await store.recordState(application, exampleState(), undefined)
  process.stdout.write(`${application.name}\n`)
}
