/** What a command may touch of the process it runs in. */
export interface Io {
  /** Writes to standard output. */
  out(text: string): void
  /** Writes to standard error. */
  err(text: string): void
  /** Standard input, piece by piece. */
  readonly input: AsyncIterable<Uint8Array | string>
  /** True when a person can be asked. */
  readonly interactive: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute path that relative paths start from. */
  readonly directory: string
}

/** The process's own. */
export function processIo(): Io {
  // Whoever reads may have seen enough, as `head` does: that is the end, and no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    // A getter, because touching standard input opens it.
    get input() {
      return process.stdin
    },
    get interactive() {
      return process.stdin.isTTY === true
    },
    env: process.env,
    directory: process.cwd(),
  }
}

/** All of standard input as text. */
export async function readInput(io: Io): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of io.input) pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece)
  return Buffer.concat(pieces).toString('utf8')
}
