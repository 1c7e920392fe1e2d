import { defineErrors } from '@driftless/foundation'

/** What can go wrong with a Jsonnet program; messages are those of the `jsonnet` command. */
export const JsonnetErrors = defineErrors('JSONNET', {
  STATIC: { status: 400, message: (p: { text: string }) => p.text },
  RUNTIME: { status: 400, message: (p: { text: string }) => p.text },
  LIMIT: {
    status: 400,
    message: (p: { what: string; limit: number }) =>
      `jsonnet: ${p.what} exceeds the limit of ${p.limit}; make the program smaller or raise the limit`,
  },
})
