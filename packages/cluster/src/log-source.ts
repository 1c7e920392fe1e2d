import type { ClusterConnection } from './connection.ts'

export interface LogRequest {
  readonly namespace: string
  readonly pod: string
  readonly container?: string | undefined
  readonly follow?: boolean | undefined
  readonly previous?: boolean | undefined
  readonly tailLines?: number | undefined
  readonly sinceSeconds?: number | undefined
  /** RFC 3339. */
  readonly sinceTime?: string | undefined
}

/** One line of a container, with when it was written. */
export interface LogLine {
  readonly content: string
  /** RFC 3339 with nanoseconds, as the kubelet stamps it. */
  readonly timestamp: string
}

/** Reads the logs of containers. */
export interface LogSource {
  read(request: LogRequest, signal: AbortSignal): AsyncGenerator<LogLine>
}

/** Creates the log source of one cluster. */
export function createLogSource(connection: ClusterConnection): LogSource {
  return {
    async *read(request, signal) {
      const path = `/api/v1/namespaces/${encodeURIComponent(request.namespace)}/pods/${encodeURIComponent(request.pod)}/log`
      const query = {
        timestamps: 'true',
        container: request.container,
        follow: request.follow ? 'true' : undefined,
        previous: request.previous ? 'true' : undefined,
        tailLines: request.tailLines?.toString(),
        sinceSeconds: request.sinceSeconds?.toString(),
        sinceTime: request.sinceTime,
      }
      for await (const line of connection.lines({ method: 'GET', path, query, accept: '*/*', signal }))
        yield parseLine(line)
    },
  }
}

function parseLine(line: string): LogLine {
  const space = line.indexOf(' ')
  const stamp = space < 0 ? line : line.slice(0, space)
  return /^\d{4}-\d\d-\d\dT/.test(stamp)
    ? { timestamp: stamp, content: space < 0 ? '' : line.slice(space + 1) }
    : { timestamp: '', content: line }
}
