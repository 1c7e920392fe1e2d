import type { Application } from '@driftless/model'
import type { AppId } from '#lib/api/keys.ts'
import type { UrlChanges } from '#lib/url/use-url-state.ts'
import type { ApplicationActions } from '../hooks/use-application-actions.ts'
import type { PageState } from './page-url.ts'

/** What every part of the application page is given. */
export interface PageProps {
  readonly id: AppId
  readonly application: Application
  readonly state: PageState
  readonly change: (changes: UrlChanges, mode?: 'replace' | 'push') => void
  readonly actions: ApplicationActions
}
