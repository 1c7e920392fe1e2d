import { lookup } from 'node:dns/promises'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { messageOf } from '@driftless/foundation'
import { GitErrors } from './errors.ts'
import type { GitCredentials } from './remote.ts'
import type { RepositoryUrl } from './repository-url.ts'

/** Decides which addresses may be connected to. */
export interface Egress {
  /** The addresses of a repository's host; throws `GIT_HOST_NOT_FOUND` or `GIT_URL_REFUSED`. Empty where a proxy or nobody looks it up. */
  addressesOf(url: RepositoryUrl, credentials: GitCredentials): Promise<readonly string[]>
}

/** Link-local networks, where clouds serve the secrets of the machine. */
export const metadataNetworks: readonly string[] = ['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::/32']

/** Creates the check from networks in CIDR form. */
export function createEgress(blocked: readonly string[]): Egress {
  const list = new BlockList()
  for (const network of blocked) {
    const [address = '', bits = ''] = network.split('/')
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  const isBlocked = (address: string): boolean => {
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
    return list.check(mapped, isIP(mapped) === 6 ? 'ipv6' : 'ipv4')
  }
  return {
    async addressesOf(url, credentials) {
      if (url.transport === 'file' || credentials.proxy) return []
      const host = url.host.replace(/^\[|\]$/g, '')
      const addresses = isIP(host) > 0 ? [host] : await resolveHost(url, host)
      const bad = addresses.find(isBlocked)
      if (bad !== undefined)
        throw GitErrors.URL_REFUSED({
          url: url.url,
          reason: `its host is at ${bad}, in a network that is blocked here`,
        })
      return addresses
    },
  }
}

/** A look-up that finds these addresses for every host, so that a name cannot change its meaning after the check. */
export function pinnedLookup(addresses: readonly string[] | undefined): { lookup?: LookupFunction } {
  const [first] = addresses ?? []
  if (addresses === undefined || first === undefined) return {}
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return {
    lookup: (_host, options, callback) =>
      options.all === true ? callback(null, all) : callback(null, first, isIP(first)),
  }
}

async function resolveHost(url: RepositoryUrl, host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch (error) {
    throw GitErrors.HOST_NOT_FOUND({ url: url.url, reason: messageOf(error) })
  }
}
