import { z } from 'zod'
import { connectionState } from './connection.ts'

export const repositoryType = z.enum(['git', 'helm', 'oci'])

/** A repository as clients send it; secret fields are accepted and never returned (spec: objects §4, api §5). */
export const repositoryInput = z.object({
  repo: z.string().min(1),
  type: repositoryType.default('git'),
  name: z.string().optional(),
  project: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  bearerToken: z.string().optional(),
  sshPrivateKey: z.string().optional(),
  tlsClientCertData: z.string().optional(),
  tlsClientCertKey: z.string().optional(),
  insecure: z.boolean().optional(),
  insecureIgnoreHostKey: z.boolean().optional(),
  enableLfs: z.boolean().optional(),
  enableOCI: z.boolean().optional(),
  forceHttpBasicAuth: z.boolean().optional(),
  proxy: z.string().optional(),
  noProxy: z.string().optional(),
})
export type RepositoryInput = z.infer<typeof repositoryInput>

/** A repository as clients see it: no secret, with the state of its connection. */
export const repository = z.object({
  repo: z.string(),
  type: repositoryType,
  name: z.string().optional(),
  project: z.string().optional(),
  username: z.string().optional(),
  insecure: z.boolean().optional(),
  enableLfs: z.boolean().optional(),
  proxy: z.string().optional(),
  /** True when a password, token or key is stored for it. */
  hasCredentials: z.boolean().optional(),
  connectionState: connectionState.optional(),
})
export type Repository = z.infer<typeof repository>
