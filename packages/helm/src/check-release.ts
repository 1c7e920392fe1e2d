import { quoteGo } from '@driftless/go-template'
import { isCompatible } from './chart/activate.ts'
import type { ActiveChart } from './chart/active-chart.ts'
import type { Chart } from './chart/chart.ts'
import { normalizeKubeVersion } from './engine/capabilities.ts'
import type { HelmVersion } from './engine/helm-version.ts'
import { HelmErrors } from './errors.ts'

const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** Checks a release name as Helm does. Throws `HELM_VALUES_INVALID`. */
export function checkReleaseName(name: string): void {
  if (name !== '' && name.length <= 53 && namePattern.test(name)) return
  const reason =
    name === ''
      ? 'no name provided'
      : `invalid release name, must match regex ${namePattern.source} and the length must not be longer than 53`
  throw HelmErrors.VALUES_INVALID({ message: `release name check failed: release name ${quoteGo(name)}: ${reason}` })
}

/** Checks that a chart can be installed by itself. Throws `HELM_CHART_INVALID`. */
export function checkInstallable(chart: Chart): void {
  const type = chart.metadata.type
  if (type !== '' && type !== 'application')
    throw HelmErrors.CHART_INVALID({ message: `${type} charts are not installable` })
}

/** Checks that Helm renders charts of this `apiVersion`; Helm 3 takes any. Throws `HELM_CHART_INVALID`. */
export function checkApiVersion(chart: Chart, helm: HelmVersion): void {
  if (helm === '4' && chart.metadata.apiVersion === 'v3')
    throw HelmErrors.CHART_INVALID({ message: 'invalid chart apiVersion' })
}

/** Checks that every declared dependency is vendored under `charts/`. Throws `HELM_DEPENDENCY_MISSING`. */
export function checkDependencies(chart: Chart, helm: HelmVersion): void {
  const present = new Set(chart.dependencies.map((child) => child.metadata.name))
  const missing = (chart.metadata.dependencies ?? []).map(({ name }) => name).filter((name) => !present.has(name))
  if (missing.length === 0) return
  const [start, quote] = helm === '3' ? ['An', '`'] : ['an', "'"]
  throw HelmErrors.DEPENDENCY_MISSING({
    message:
      `${start} error occurred while checking for chart dependencies. You may need to run ${quote}helm dependency build${quote} to fetch ` +
      `missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`,
  })
}

/** Checks the version of Kubernetes that a chart asks for. Throws `HELM_CHART_INVALID`. */
export function checkKubeVersion(chart: ActiveChart, version: string): void {
  const wanted = chart.metadata.kubeVersion
  if (wanted === '' || isCompatible(wanted, normalizeKubeVersion(version))) return
  const shown = version.startsWith('v') ? version : `v${version}`
  throw HelmErrors.CHART_INVALID({
    message: `chart requires kubeVersion: ${wanted} which is incompatible with Kubernetes ${shown}`,
  })
}
