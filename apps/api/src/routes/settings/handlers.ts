import { passwordPattern } from '../../auth/password.ts'
import type { HandlersOf } from '../handler.ts'

/** What the installation says of itself. */
export interface Installation {
  /** Where browsers reach it, for links; undefined when only the request knows. */
  readonly url: string | undefined
  readonly version: string
  readonly controlPlaneNamespace: string
}

/** Settings and version. What is answered before login is an allow-list (spec: api §5). */
export function settingsHandlers(installation: Installation): HandlersOf<'getSettings' | 'getVersion'> {
  return {
    async getSettings(_input, { caller }) {
      const open = { url: installation.url, userLoginsDisabled: false, statusBadgeEnabled: false }
      if (caller === undefined) return open
      return {
        ...open,
        appLabelKey: 'app.kubernetes.io/instance',
        trackingMethod: 'annotation',
        controllerNamespace: installation.controlPlaneNamespace,
        execEnabled: false,
        passwordPattern,
        syncWithReplaceAllowed: true,
        resourceViewEnabled: false,
      }
    },
    async getVersion(_input, { caller }) {
      const open = { Version: `v${installation.version}` }
      return caller === undefined ? open : { ...open, Platform: `${process.platform}/${process.arch}` }
    },
  }
}
