/** Which Helm a render follows. */
export type HelmVersion = '3' | '4'

/** What differs between the versions beyond their functions. */
export interface VersionFacts {
  /** The version of Kubernetes assumed where nobody says another. */
  readonly kubeVersion: string
  /** What `.Capabilities.HelmVersion.Version` says. */
  readonly release: string
  /** Go package of values and capabilities, as `typeOf` shows it. */
  readonly package: string
}

/** Facts of each version. */
export const helmVersions: Readonly<Record<HelmVersion, VersionFacts>> = {
  '3': { kubeVersion: 'v1.37.0', release: 'v3.22', package: 'chartutil' },
  '4': { kubeVersion: 'v1.37.0', release: 'v4.3', package: 'common' },
}
