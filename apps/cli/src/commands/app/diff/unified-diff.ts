import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CliErrors } from '../../../errors.ts'
import { splitWords } from '../../../server/environment-flags.ts'

/** Compares two texts with `diff -u`, or with the program that `KUBECTL_EXTERNAL_DIFF` names. Throws `CLI_FATAL` when it cannot be run. */
export async function unifiedDiff(
  { name, live, desired }: { name: string; live: string; desired: string },
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'driftless-diff-'))
  try {
    const liveFile = join(directory, `${name.replaceAll('/', '_')}-live.yaml`)
    const desiredFile = join(directory, `${name.replaceAll('/', '_')}`)
    await writeFile(liveFile, live, { mode: 0o600 })
    await writeFile(desiredFile, desired, { mode: 0o600 })
    const [program = 'diff', ...args] = splitWords(env.KUBECTL_EXTERNAL_DIFF || 'diff -u -N')
    return await outputOf(program, [...args, liveFile, desiredFile])
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function outputOf(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const pieces: Buffer[] = []
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
    child.on('error', (cause) => {
      const message = `${program} cannot be run (${cause.message}); name another program in KUBECTL_EXTERNAL_DIFF`
      reject(CliErrors.FATAL({ message }, { cause }))
    })
    // The exit code says that the files differ, which is known already.
    child.on('close', () => resolve(Buffer.concat(pieces).toString('utf8')))
  })
}
