import { createHash } from 'node:crypto'
import type { RenderSourceRequest } from '../rendered-source.ts'

/** All inputs but the commits and the credentials. */
export function publicInputs(request: RenderSourceRequest): unknown {
  const { application, source, kubeVersion, apiVersions, settings } = request
  const references = Object.entries(request.references ?? {}).map(([name, { remote }]) => [name, remote.url])
  return [application, source, kubeVersion, apiVersions, settings, request.remote.url, references.sort()]
}

/** All inputs but the commits. Holders of different credentials do not share. */
export function inputsKey(request: RenderSourceRequest): string {
  const credentials = [request.remote, ...Object.values(request.references ?? {}).map(({ remote }) => remote)]
  return createHash('sha256')
    .update(JSON.stringify([publicInputs(request), credentials]))
    .digest('base64')
}

/** The commits of a request. */
export function commitsKey(request: RenderSourceRequest): string {
  const others = Object.entries(request.references ?? {}).map(([name, { sha }]) => `${name}=${sha}`)
  return [request.sha, ...others.sort()].join(' ')
}
