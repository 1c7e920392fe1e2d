import { z } from 'zod'

/** A boolean in a query string. */
export const queryBoolean = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0', ''])])
  .transform((value) => value === true || value === 'true' || value === '1')

/** A list in a query string: repeated, or once; `undefined` when absent. */
export const queryList = z
  .union([z.array(z.string()), z.string()])
  .transform((value) => (Array.isArray(value) ? value : [value]).filter((item) => item !== ''))

/** An integer in a query string. */
export const queryInteger = z.coerce.number().int()
