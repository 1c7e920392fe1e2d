import { z } from 'zod'
import { connectionState } from './connection.ts'
import { stringMap } from './source.ts'

/** How to reach a cluster; secret, stored encrypted, never returned (spec: objects §4). */
export const clusterConfig = z.object({
  username: z.string().optional(),
  password: z.string().optional(),
  bearerToken: z.string().optional(),
  tlsClientConfig: z
    .object({
      insecure: z.boolean().optional(),
      serverName: z.string().optional(),
      /** base64 PEM, as are the next two. */
      caData: z.string().optional(),
      certData: z.string().optional(),
      keyData: z.string().optional(),
    })
    .optional(),
  proxyUrl: z.string().optional(),
})
export type ClusterConfig = z.infer<typeof clusterConfig>

export const clusterInfo = z.object({
  connectionState: connectionState.optional(),
  serverVersion: z.string().optional(),
  cacheInfo: z
    .object({
      resourcesCount: z.number().int().optional(),
      apisCount: z.number().int().optional(),
      /** When the cluster last said anything (RFC 3339). */
      lastCacheSyncTime: z.string().optional(),
    })
    .optional(),
  applicationsCount: z.number().int().optional(),
  apiVersions: z.array(z.string()).optional(),
})
export type ClusterInfo = z.infer<typeof clusterInfo>

export const clusterInput = z.object({
  server: z.string().min(1),
  name: z.string().optional(),
  config: clusterConfig.default({}),
  namespaces: z.array(z.string()).optional(),
  clusterResources: z.boolean().optional(),
  project: z.string().optional(),
  labels: stringMap.optional(),
  annotations: stringMap.optional(),
})
export type ClusterInput = z.infer<typeof clusterInput>

/** A cluster as clients see it; `config` holds only what is not secret. */
export const cluster = z.object({
  server: z.string(),
  name: z.string(),
  config: z.object({ tlsClientConfig: z.object({ insecure: z.boolean().optional() }).optional() }).optional(),
  namespaces: z.array(z.string()).optional(),
  clusterResources: z.boolean().optional(),
  project: z.string().optional(),
  labels: stringMap.optional(),
  annotations: stringMap.optional(),
  connectionState: connectionState.optional(),
  serverVersion: z.string().optional(),
  info: clusterInfo.optional(),
})
export type Cluster = z.infer<typeof cluster>

/** The address under which the cluster that Driftless itself belongs to is registered. */
export const inClusterServer = 'https://kubernetes.default.svc'
