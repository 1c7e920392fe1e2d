import { messageOf } from '@driftless/foundation'
import { sourcesOf } from '@driftless/model'
import type { Context } from './context.ts'
import type { ApplicationRecord, ApplicationRef } from './ports/application-store.ts'

/** Asks repositories for news now and then. */
export interface Poller {
  start(): void
  stop(): void
}

/**
 * Polls every repository once a round and calls `changed` only for applications whose commits moved (or that are in doubt):
 * a round over unchanged applications costs one request a repository and no comparison (performance goal 3).
 */
export function createPoller(context: Context, changed: (ref: ApplicationRef) => void): Poller {
  let cancel: () => void = () => undefined
  const schedule = () => {
    if (context.reconcileSeconds <= 0 || context.stopping.aborted) return
    cancel = context.clock.after(context.reconcileSeconds * 1000, () => void round().finally(schedule))
  }

  const round = async (): Promise<void> => {
    try {
      const apps = await context.store.list()
      const renewed = new Map<string, Promise<void>>()
      await Promise.all(apps.map(async (app) => (await isMoved(app, renewed)) && changed(app)))
    } catch (error) {
      if (!context.stopping.aborted) context.log('error', 'polling failed', { reason: messageOf(error) })
    }
  }

  const isMoved = async (app: ApplicationRecord, renewed: Map<string, Promise<void>>): Promise<boolean> => {
    const known = app.state
    if (known === undefined || known.sync === 'Unknown' || app.deletedAt !== undefined) return true
    try {
      const shas = await Promise.all(sourcesOf(app.spec).map((source) => resolveOnce(app, source, renewed)))
      return JSON.stringify(shas) !== JSON.stringify(known.revisions)
    } catch {
      return true
    }
  }

  const resolveOnce = async (
    app: ApplicationRecord,
    source: ReturnType<typeof sourcesOf>[number],
    renewed: Map<string, Promise<void>>,
  ): Promise<string> => {
    const remote = await context.repositories.remoteOf(source.repoURL, app.spec.project)
    const key = `${app.spec.project} ${source.repoURL}`
    const renewal = renewed.get(key) ?? context.git.references(remote, { noCache: true }).then(() => undefined)
    renewed.set(key, renewal)
    await renewal
    const options = source.tagPrefix === undefined ? {} : { tagPrefix: source.tagPrefix }
    return (await context.git.resolve(remote, source.targetRevision ?? 'HEAD', options)).sha
  }

  return {
    start: schedule,
    stop: () => cancel(),
  }
}
