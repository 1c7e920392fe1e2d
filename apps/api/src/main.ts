import { messageOf } from '@driftless/foundation'
import { readEnv } from './env.ts'
import { createLogger } from './log.ts'
import { start } from './start.ts'
import { welcome } from './welcome.ts'

const env = readEnv()
const log = createLogger(env.logLevel)

/** Ends the process after `stop`, or at once when asked a second time. */
function stopOn(signals: readonly NodeJS.Signals[], stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping) process.exit(130)
      stopping = true
      log.info({ signal }, 'stopping')
      void stop().finally(() => process.exit(0))
    })
  }
}

// A forgotten promise is a fault to be seen and mended, not a reason to drop everybody's streams.
process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'a failure was not handled'))

try {
  const running = await start(env, log)
  stopOn(['SIGINT', 'SIGTERM', 'SIGHUP'], running.stop)
  process.stdout.write(welcome(running, env))
} catch (error) {
  process.stderr.write(`Driftless cannot start: ${messageOf(error)}\n`)
  log.debug({ err: error }, 'start failed')
  process.exit(1)
}
