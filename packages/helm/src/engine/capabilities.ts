import { type GoMethod, GoObject, type GoValue, stringList } from '@driftless/go-template'
import { defaultApiVersions } from './api-versions.ts'

/** Which Helm a render follows. */
export type HelmVersion = '3' | '4'

/** The version of Kubernetes that Helm assumes where nobody says another. */
export const defaultKubeVersion: Readonly<Record<HelmVersion, string>> = { '3': 'v1.37.0', '4': 'v1.37.0' }

const releases: Readonly<Record<HelmVersion, string>> = { '3': 'v3.20', '4': 'v4.3' }

/** A struct with fixed fields, some of them under the names that JSON has. */
class Struct extends GoObject {
  readonly goType: string
  override readonly goKind: string
  private readonly fields: Readonly<Record<string, GoValue>>
  private readonly encoded: Readonly<Record<string, GoValue>>
  private readonly text: string | undefined

  constructor(options: {
    goType: string
    fields: Readonly<Record<string, GoValue>>
    encoded?: Readonly<Record<string, GoValue>>
    text?: string
  }) {
    super()
    this.goType = options.goType
    this.goKind = options.goType.startsWith('*') ? 'ptr' : 'struct'
    this.fields = options.fields
    this.encoded = options.encoded ?? options.fields
    this.text = options.text
  }

  field(name: string): GoValue {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined
  }

  override method(name: string): GoMethod | undefined {
    return name === 'String' && this.text !== undefined ? { params: [], call: () => this.print() } : undefined
  }

  print(): string {
    if (this.text !== undefined) return this.text
    const parts = Object.values(this.encoded).map((value) =>
      value instanceof GoObject ? value.print() : String(value),
    )
    return `${this.goType.startsWith('*') ? '&' : ''}{${parts.join(' ')}}`
  }

  plain(): unknown {
    return this.encoded
  }
}

/** `.Capabilities.APIVersions`: a list of texts with `Has`. */
class VersionSet extends GoObject {
  readonly goType = 'common.VersionSet'
  override readonly goKind = 'slice'
  private readonly versions: readonly string[]
  private readonly set: ReadonlySet<string>

  constructor(versions: readonly string[]) {
    super()
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
  const build = { version: releases[options.helm], go_version: 'go1.26.8', kube_client_version: 'v1.37' }
  return new Struct({
    goType: '*common.Capabilities',
    fields: {
      KubeVersion: new Struct({
        goType: 'common.KubeVersion',
        fields: { ...kube, GitVersion: version },
        encoded: kube,
        text: normalizeKubeVersion(version),
      }),
      APIVersions: new VersionSet([...defaultApiVersions, ...options.apiVersions]),
      HelmVersion: new Struct({
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
