import { resolve } from 'node:path'
import { z } from 'zod'

const flag = (otherwise: boolean) =>
  z
    .enum(['0', '1', 'false', 'true', ''])
    .optional()
    .transform((value) => (value === undefined || value === '' ? otherwise : value === '1' || value === 'true'))
const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value === '' ? undefined : value))
const list = (otherwise: string) =>
  z
    .string()
    .default(otherwise)
    .transform((value) =>
      value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )

const schema = z.object({
  /** The one port of console and API; 0 takes a free one. */
  DRIFTLESS_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Address to listen on. */
  DRIFTLESS_HOST: z.string().min(1).default('127.0.0.1'),
  /** Everything that lasts: database, keys, caches, embedded clusters' state. */
  DRIFTLESS_DATA_DIR: z.string().min(1).default('.driftless'),
  /** First password of `admin`; generated when absent. */
  DRIFTLESS_ADMIN_PASSWORD: text,
  /** Names of the embedded clusters; empty for none. */
  DRIFTLESS_EMBEDDED_CLUSTERS: list('in-cluster,staging,production').pipe(
    z.array(
      z
        .string()
        .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'cluster names are lower-case letters, digits and dashes'),
    ),
  ),
  /** Whether the demo repositories and applications are made at the first start. */
  DRIFTLESS_DEMO: flag(true),
  /** A PostgreSQL server instead of the embedded database. */
  DATABASE_URL: text,
  /** Polling interval, seconds. */
  DRIFTLESS_RECONCILE_SECONDS: z.coerce.number().int().min(1).default(180),
  /** Keys for stored credentials, 32 bytes in base64 each, the current one first; `<data dir>/encryption.keys` when absent. */
  DRIFTLESS_ENCRYPTION_KEYS: text,
  /** Where browsers reach the console, for links; worked out from host and port when absent. */
  DRIFTLESS_URL: text,
  /** Whether `X-Forwarded-*` of a proxy in front is believed. */
  DRIFTLESS_TRUST_PROXY: flag(false),
  /** Whether this process serves the console too. */
  DRIFTLESS_CONSOLE: flag(true),
  /** `debug`, `info`, `warn`, `error` or `silent`. */
  DRIFTLESS_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** How the process was asked to run. */
export interface Env {
  readonly port: number
  readonly host: string
  /** Absolute. */
  readonly dataDirectory: string
  readonly adminPassword: string | undefined
  readonly embeddedClusters: readonly string[]
  readonly demo: boolean
  readonly databaseUrl: string | undefined
  readonly reconcileSeconds: number
  readonly encryptionKeys: string | undefined
  readonly url: string | undefined
  readonly trustProxy: boolean
  readonly console: boolean
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** Reads the environment, which nothing else in the program does. Throws one error that names every wrong variable. */
export function readEnv(variables: Readonly<Record<string, string | undefined>> = process.env): Env {
  const result = schema.safeParse(variables)
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `${issue.path[0] === undefined ? '' : String(issue.path[0])}: ${issue.message}`,
    )
    throw new Error(`The environment is not right. ${problems.join('; ')}`)
  }
  const { data } = result
  return {
    port: data.DRIFTLESS_PORT,
    host: data.DRIFTLESS_HOST,
    dataDirectory: resolve(data.DRIFTLESS_DATA_DIR),
    adminPassword: data.DRIFTLESS_ADMIN_PASSWORD,
    embeddedClusters: [...new Set(data.DRIFTLESS_EMBEDDED_CLUSTERS)],
    demo: data.DRIFTLESS_DEMO,
    databaseUrl: data.DATABASE_URL,
    reconcileSeconds: data.DRIFTLESS_RECONCILE_SECONDS,
    encryptionKeys: data.DRIFTLESS_ENCRYPTION_KEYS,
    url: data.DRIFTLESS_URL,
    trustProxy: data.DRIFTLESS_TRUST_PROXY,
    console: data.DRIFTLESS_CONSOLE,
    logLevel: data.DRIFTLESS_LOG_LEVEL,
  }
}
