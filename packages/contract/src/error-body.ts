import { z } from 'zod'

/** The body of every refusal (spec: api §1): `error` and `message` are the same text, `code` is a gRPC code. */
export const errorBody = z.object({
  error: z.string(),
  code: z.number().int(),
  message: z.string(),
  /** What Driftless adds: the catalogue's code, and where the fault is. */
  details: z
    .object({
      reason: z.string().optional(),
      file: z.string().optional(),
      line: z.number().int().optional(),
      column: z.number().int().optional(),
      object: z.string().optional(),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    })
    .optional(),
})
export type ErrorBody = z.infer<typeof errorBody>
