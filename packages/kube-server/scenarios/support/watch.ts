import type { TestServer } from './server.ts'

/** One line of a watch. */
export interface WatchEvent {
  type: string
  // biome-ignore lint/suspicious/noExplicitAny: assertions read deep into objects of every kind
  object: any
}

/** An open watch that collects its events. */
export interface TestWatch extends AsyncDisposable {
  readonly events: readonly WatchEvent[]
  /** Resolves when there are this many events, or fails after a second. */
  has(count: number): Promise<readonly WatchEvent[]>
  /** Resolves when the server ends the stream. */
  readonly ended: Promise<void>
}

/** Opens a watch and waits for the answer's head. */
export async function watch(server: TestServer, path: string, accept = 'application/json'): Promise<TestWatch> {
  const abort = new AbortController()
  const response = await fetch(`${server.url}${path}${path.includes('?') ? '&' : '?'}watch=true`, {
    headers: { accept },
    signal: abort.signal,
  })
  const events: WatchEvent[] = []
  const ended = collect(response, events)
  return {
    events,
    ended,
    async has(count) {
      const deadline = Date.now() + 2000
      while (events.length < count) {
        if (Date.now() > deadline)
          throw new Error(`${events.length} events instead of ${count}: ${JSON.stringify(events)}`)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return events
    },
    async [Symbol.asyncDispose]() {
      abort.abort()
      await ended
    },
  }
}

async function collect(response: Response, events: WatchEvent[]): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) events.push(JSON.parse(line) as WatchEvent)
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error
  }
}
