import { z } from 'zod'

/** Whether the last contact worked, and when it was. */
export const connectionState = z.object({
  status: z.enum(['Successful', 'Failed', 'Unknown']),
  message: z.string().default(''),
  /** RFC 3339. */
  attemptedAt: z.string().optional(),
})
export type ConnectionState = z.infer<typeof connectionState>
