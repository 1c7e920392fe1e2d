import type { ApplicationRecord, ApplicationStore } from '@driftless/applications'
import type { Application } from '@driftless/model'
import type { ApplicationsPort } from '../../ports/applications.ts'
import { presentApplication } from '../../presenters/application.ts'
import type { ChangeFeed } from '../../store/change-feed.ts'
import type { Database } from '../../store/database.ts'
import { createFinder, type Finder } from './find.ts'

/** What the application routes are built from. */
export interface ApplicationRoutesOptions {
  readonly store: ApplicationStore
  readonly applications: ApplicationsPort
  readonly changes: ChangeFeed
  readonly database: Database
  readonly controlPlaneNamespace: string
}

/** What the application handlers share. */
export interface ApplicationParts extends ApplicationRoutesOptions {
  readonly finder: Finder
  readonly present: (record: ApplicationRecord) => Application
}

/** Prepares what the application handlers share. */
export function createApplicationParts(options: ApplicationRoutesOptions): ApplicationParts {
  return {
    ...options,
    finder: createFinder(options.store, options.controlPlaneNamespace),
    present: (record) =>
      presentApplication(withComparison(record, options.applications), options.controlPlaneNamespace),
  }
}

/** The record with the time of the last comparison, which is not stored when it changed nothing else. */
function withComparison(record: ApplicationRecord, applications: ApplicationsPort): ApplicationRecord {
  const comparedAt = applications.comparedAt(record)
  const { state } = record
  if (state === undefined || comparedAt === undefined || comparedAt <= state.reconciledAt) return record
  return { ...record, state: { ...state, reconciledAt: comparedAt } }
}
