import { defineErrors } from '@driftless/foundation'

/** Errors of the command line itself; `status` follows HTTP only for uniformity, exit codes are in `exit-code.ts`. */
export const CliErrors = defineErrors('CLI', {
  UNKNOWN_FLAG: { status: 400, message: (p: { flag: string }) => `unknown flag: ${p.flag}` },
  FLAG_NEEDS_VALUE: { status: 400, message: (p: { flag: string }) => `flag needs an argument: ${p.flag}` },
  FLAG_INVALID: {
    status: 400,
    message: (p: { flag: string; value: string; reason: string }) =>
      `invalid argument ${JSON.stringify(p.value)} for ${p.flag}: ${p.reason}`,
  },
  USAGE: { status: 400, message: (p: { message: string }) => p.message },
  UNKNOWN_COMMAND: { status: 400, message: (p: { word: string }) => `unknown command ${JSON.stringify(p.word)}` },
  FATAL: { status: 400, message: (p: { message: string }) => p.message },
  FILE: { status: 400, message: (p: { path: string; reason: string }) => `${p.path} cannot be read: ${p.reason}` },
})

/** Errors of `admin batch` requests. */
export const BatchErrors = defineErrors('BATCH', {
  INVALID_JSON: { status: 400, message: (p: { reason: string }) => `the line is no JSON object: ${p.reason}` },
  INVALID_REQUEST: {
    status: 400,
    message: (p: { field: string; wanted: string }) => `field ${JSON.stringify(p.field)} must be ${p.wanted}`,
  },
})
