import { z } from 'zod'
import { publicAccess, route } from '../route.ts'

export const settingsRoutes = {
  getSettings: route({
    method: 'GET',
    path: '/api/v1/settings',
    summary: 'Answers what the console needs to know before and after login.',
    tag: 'Settings',
    access: publicAccess,
    response: z.object({
      url: z.string().optional(),
      appLabelKey: z.string().optional(),
      trackingMethod: z.string().optional(),
      controllerNamespace: z.string().optional(),
      userLoginsDisabled: z.boolean().optional(),
      statusBadgeEnabled: z.boolean().optional(),
      execEnabled: z.boolean().optional(),
      passwordPattern: z.string().optional(),
      syncWithReplaceAllowed: z.boolean().optional(),
      resourceViewEnabled: z.boolean().optional(),
      installationID: z.string().optional(),
    }),
  }),
  getVersion: route({
    method: 'GET',
    path: '/api/version',
    summary: 'Answers the version; more of it to those who are logged in.',
    tag: 'Settings',
    access: publicAccess,
    response: z.object({
      Version: z.string(),
      BuildDate: z.string().optional(),
      GitCommit: z.string().optional(),
      Platform: z.string().optional(),
      KustomizeVersion: z.string().optional(),
      HelmVersion: z.string().optional(),
    }),
  }),
}
