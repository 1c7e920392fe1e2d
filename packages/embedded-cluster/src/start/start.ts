import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { join } from 'node:path'
import { type Clock, messageOf, systemClock } from '@driftless/foundation'
import { createKubeApi, createKubeListener, type KubeApi } from '@driftless/kube-server'
import { allControllers } from '../controllers/controllers.ts'
import { createPodLogs } from '../controllers/kubelet/pod-logs.ts'
import { runControllers } from '../controllers/runtime/controller.ts'
import { createEventRecorder } from '../controllers/runtime/event-recorder.ts'
import { builtInKinds } from '../kinds/built-in-kinds.ts'
import { openFileStorage } from '../storage/file-storage.ts'
import { loadCertificates } from './certificates.ts'
import { lockDirectory } from './directory-lock.ts'
import { createFirstObjects } from './first-objects.ts'
import { writeKubeconfig } from './kubeconfig.ts'
import { listenOnLoopback } from './loopback-port.ts'
import { loadToken, tokenAuthenticator } from './token.ts'

const version = { major: '1', minor: '36', gitVersion: 'v1.36.0' }
const defaultReadySeconds = 1.5
const defaultNodes = 3

/** Where a cluster lives and how it behaves. */
export interface EmbeddedClusterOptions {
  readonly name: string
  /** Holds everything that lasts; one cluster a directory. */
  readonly directory: string
  readonly kubeconfigPath: string
  readonly clock?: Clock
  /** Seconds from a pod's creation until it is ready; 1.5 when absent. */
  readonly podReadySeconds?: number
  /** Number of nodes, made at the first start; 3 when absent. */
  readonly nodes?: number
  /** False serves the API alone: nothing is created, scheduled or started by itself. */
  readonly controllers?: boolean
  /** Told about failures of controllers, which try again by themselves. */
  readonly onError?: (message: string) => void
}

/** A running cluster. */
export interface EmbeddedCluster {
  readonly name: string
  /** `https://127.0.0.1:<port>` */
  readonly server: string
  readonly kubeconfigPath: string
  readonly token: string
  /** Base64 of the certificate authority's PEM. */
  readonly caData: string
  readonly api: KubeApi
  close(): Promise<void>
}

/**
 * Starts one cluster on loopback: TLS with an authority of its own, a bearer token (both kept in the directory, mode
 * 0600), the port of the last start when it is free. Writes the kubeconfig file before it answers.
 */
export async function startEmbeddedCluster(options: EmbeddedClusterOptions): Promise<EmbeddedCluster> {
  const { name, directory, clock = systemClock } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const unlock = lockDirectory(directory)
  try {
    const certificates = await loadCertificates(directory, clock.now())
    const core = openCore(options, certificates.ca)
    try {
      const token = loadToken(directory)
      const listener = createKubeListener({
        api: core.api,
        logs: createPodLogs({ api: core.api, clock }),
        version,
        authenticate: tokenAuthenticator(token),
        clock,
      })
      const server = createServer({ key: certificates.key, cert: certificates.cert }, listener)
      // Longer than clients keep idle connections, so that they never send into one that is being closed.
      server.keepAliveTimeout = 120_000
      const port = await listenOnLoopback(server, { name, directory })
      const address = `https://127.0.0.1:${port}`
      const caData = Buffer.from(certificates.ca).toString('base64')
      writeKubeconfig({ path: options.kubeconfigPath, name, server: address, caData, token })
      const close = async () => {
        await stopListening(server)
        await core.close()
        unlock()
      }
      return { name, server: address, kubeconfigPath: options.kubeconfigPath, token, caData, api: core.api, close }
    } catch (error) {
      await core.close()
      throw error
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** The API over its storage, with the first objects and the controllers. */
function openCore(options: EmbeddedClusterOptions, caPem: string): { api: KubeApi; close(): Promise<void> } {
  const { clock = systemClock, onError = () => undefined } = options
  const { random } = Math
  const storage = openFileStorage({ directory: join(options.directory, 'objects'), clock })
  const api = createKubeApi({ kinds: builtInKinds(), storage, clock, random })
  const isBare = options.controllers === false
  createFirstObjects(api, {
    nodes: isBare ? 0 : (options.nodes ?? defaultNodes),
    kubeletVersion: version.gitVersion,
    storage: !isBare,
  })
  if (isBare) return { api, close: () => api.close() }
  const events = createEventRecorder({ api, clock, random })
  const podReadyAfter = Math.round((options.podReadySeconds ?? defaultReadySeconds) * 1000)
  const context = { api, clock, random, events, podReadyAfter }
  const stop = runControllers(context, allControllers(context, caPem), (controller, key, error) =>
    onError(`${options.name}: ${controller} failed on ${key}: ${messageOf(error)}`),
  )
  const close = async () => {
    stop()
    events.close()
    await api.close()
  }
  return { api, close }
}

/** Watches and log streams never end by themselves, so their connections are cut. */
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
