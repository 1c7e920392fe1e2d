import type { ApplicationSpec } from '@driftless/model'
import { isAutomated, sourcesOf } from '@driftless/model'
import { jsonColumn } from '../json-column.ts'

/** The columns of an application row that follow from its spec. */
export function specColumns(spec: ApplicationSpec) {
  const sources = sourcesOf(spec)
  const main =
    sources.find((source) => source.ref === undefined || source.path !== undefined || source.chart !== undefined) ??
    sources[0]
  return {
    spec: jsonColumn(spec),
    project: spec.project === '' ? 'default' : spec.project,
    repoUrl: main?.repoURL ?? '',
    repoUrls: [...new Set(sources.map((source) => source.repoURL))],
    path: main?.path ?? null,
    chart: main?.chart ?? null,
    targetRevision: main?.targetRevision === undefined || main.targetRevision === '' ? 'HEAD' : main.targetRevision,
    sourceCount: sources.length,
    destinationServer: spec.destination.server ?? '',
    destinationName: spec.destination.name ?? '',
    destinationNamespace: spec.destination.namespace ?? '',
    autoSync: isAutomated(spec),
  }
}
