import { ServerErrors } from './errors.ts'

/** Where a server is. */
export interface Address {
  /** What identifies it in the file of contexts: `host[:port][/root]`. */
  readonly name: string
  /** Origin and root path, without a slash at the end. */
  readonly url: string
  readonly plaintext: boolean
}

/** Reads `host`, `host:port` or a URL; a URL says itself whether TLS is spoken. Throws `SERVER_ADDRESS`. */
export function readAddress(given: string, options: { plaintext: boolean; rootPath?: string }): Address {
  const scheme = /^(https?):\/\//.exec(given)?.[1]
  const plaintext = scheme === undefined ? options.plaintext : scheme === 'http'
  const text = scheme === undefined ? `${plaintext ? 'http' : 'https'}://${given}` : given
  let url: URL
  try {
    url = new URL(text)
  } catch (cause) {
    throw ServerErrors.ADDRESS({ address: given }, { cause })
  }
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (url.hostname === '' || !isPlain) throw ServerErrors.ADDRESS({ address: given })
  const root = `${url.pathname.replace(/\/+$/, '')}${slashed(options.rootPath ?? '')}`
  return { name: `${url.host}${root}`, url: `${url.origin}${root}`, plaintext }
}

/** True for addresses that never leave this machine. */
export function isLoopback(address: Address): boolean {
  const { hostname } = new URL(address.url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function slashed(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, '')
  return inner === '' ? '' : `/${inner}`
}
