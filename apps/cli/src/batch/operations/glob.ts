import { createGlob } from '@driftless/foundation'
import type { Operations } from '../operation.ts'

export const globOperations: Operations = {
  glob(fields) {
    const separators = fields.has('separators') ? fields.texts('separators').join('') : undefined
    return createGlob(fields.text('pattern'), separators === undefined ? {} : { separators })(fields.text('text'))
  },
}
