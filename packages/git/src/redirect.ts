import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { RepositoryAccess } from './driver.ts'
import { pinnedLookup } from './egress.ts'

const probe = '/info/refs?service=git-upload-pack'

/** Where a server says that a repository has moved to, asked without credentials; `undefined` when it does not say. */
export function findRedirect(access: RepositoryAccess, timeoutSeconds: number): Promise<string | undefined> {
  const url = new URL(access.url.url.replace(/\/$/, '') + probe)
  const start = url.protocol === 'https:' ? secureRequest : plainRequest
  const tls = { rejectUnauthorized: access.credentials.insecure !== true, ca: access.credentials.caData || undefined }
  return new Promise((resolve) => {
    const options = { ...pinnedLookup(access.addresses), signal: AbortSignal.timeout(timeoutSeconds * 1000) }
    const request = start(url, { ...options, ...(url.protocol === 'https:' ? tls : {}) })
    request.on('error', () => resolve(undefined))
    request.on('response', (response) => {
      response.destroy()
      resolve(targetOf(url, response.headers.location))
    })
    request.end()
  })
}

/** The repository's new address: a redirect must keep the end of the path, and must not fall back from https to http. */
function targetOf(from: URL, location: string | undefined): string | undefined {
  if (location === undefined || !URL.canParse(location, from.href)) return undefined
  const to = new URL(location, from).href
  if (!to.endsWith(probe) || (from.protocol === 'https:' && !to.startsWith('https:'))) return undefined
  return to.slice(0, -probe.length)
}
