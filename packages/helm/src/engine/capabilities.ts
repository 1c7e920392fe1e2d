import { type GoMethod, GoObject, type GoValue, stringList } from '@driftless/go-template'
import { defaultApiVersions } from './api-versions.ts'
import { GoStruct } from './go-struct.ts'
import { type HelmVersion, helmVersions } from './helm-version.ts'

/** `.Capabilities.APIVersions`: a list of texts with `Has`. */
class VersionSet extends GoObject {
  readonly goType: string
  override readonly goKind = 'slice'
  private readonly versions: readonly string[]
  private readonly set: ReadonlySet<string>

  constructor(goType: string, versions: readonly string[]) {
    super()
    this.goType = goType
    this.versions = versions
    this.set = new Set(versions)
  }

  field(): GoValue {
    return undefined
  }

  override method(name: string): GoMethod | undefined {
    if (name !== 'Has') return undefined
    return { params: ['string'], call: (_receiver, [version]) => this.set.has(version as string) }
  }

  override size(): number {
    return this.versions.length
  }

  override elements(): GoValue[] {
    return stringList([...this.versions])
  }

  print(): string {
    return `[${this.versions.join(' ')}]`
  }

  plain(): unknown {
    return [...this.versions]
  }
}

/** Makes `.Capabilities` from a Kubernetes version such as `1.33` or `v1.33.4-gke.1` and API versions besides the built-in ones. */
export function createCapabilities(options: {
  kubeVersion: string
  apiVersions: readonly string[]
  helm: HelmVersion
}): GoValue {
  const version = options.kubeVersion.startsWith('v') ? options.kubeVersion : `v${options.kubeVersion}`
  const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(version) ?? []
  const kube = { Version: version, Major: major, Minor: minor }
  const facts = helmVersions[options.helm]
  const build = { version: facts.release, go_version: 'go1.26.8', kube_client_version: 'v1.37' }
  return new GoStruct({
    goType: `*${facts.package}.Capabilities`,
    fields: {
      KubeVersion: new GoStruct({
        goType: `${facts.package}.KubeVersion`,
        fields: { ...kube, GitVersion: version },
        encoded: kube,
        text: normalizeKubeVersion(version),
      }),
      APIVersions: new VersionSet(`${facts.package}.VersionSet`, [...defaultApiVersions, ...options.apiVersions]),
      HelmVersion: new GoStruct({
        goType: 'version.BuildInfo',
        fields: {
          Version: build.version,
          GitCommit: '',
          GitTreeState: '',
          GoVersion: build.go_version,
          KubeClientVersion: build.kube_client_version,
        },
        encoded: build,
      }),
    },
  })
}

/** `vX.Y.Z` without any suffix, as constraints are checked against. */
export function normalizeKubeVersion(version: string): string {
  const [, major = '0', minor = '0', patch = '0'] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version) ?? []
  return `v${Number(major)}.${Number(minor)}.${Number(patch)}`
}
