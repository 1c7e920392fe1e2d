/** Where the lines of containers come from. */
export interface PodLogSource {
  /** Lines, each with its `\n`; ends when the container's output does or, with `follow`, when the signal aborts. */
  open(request: PodLogRequest, signal: AbortSignal): AsyncIterable<string>
}

/** Which lines are wanted. */
export interface PodLogRequest {
  namespace: string
  pod: string
  container?: string
  follow: boolean
  previous: boolean
  tailLines?: number
  sinceSeconds?: number
  /** RFC 3339. */
  sinceTime?: string
  timestamps: boolean
  limitBytes?: number
}
