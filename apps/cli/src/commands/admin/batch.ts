import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { answerLine } from '../../batch/answer.ts'
import { CliErrors } from '../../errors.ts'
import { defineCommand } from '../command.ts'

/** `driftless admin batch [FILE]`: one JSON answer a line for one JSON request a line. */
export const adminBatch = defineCommand({
  operands: '[FILE]',
  count: [0, 1],
  flags: {},
  async run({ operands: [file = '-'], io }) {
    const input = file === '-' ? Readable.from(io.input) : openFile(resolve(io.directory, file), file)
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
    for await (const line of lines) {
      if (line.trim() !== '') io.out(`${await answerLine(line, { directory: io.directory })}\n`)
    }
    return 0
  },
})

/** Opening fails only when reading starts, so the iterator carries the error. */
function openFile(path: string, given: string): Readable {
  return Readable.from(
    (async function* () {
      try {
        yield* createReadStream(path)
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw CliErrors.FILE({ path: given, reason }, { cause })
      }
    })(),
  )
}
