import { evaluateOnDisk } from '../../files/jsonnet-source.ts'
import type { Operations } from '../operation.ts'

export const jsonnetOperations: Operations = {
  jsonnet(fields, { directory }) {
    const input = fields.has('snippet') ? { snippet: fields.text('snippet') } : { file: fields.text('file') }
    return evaluateOnDisk(input, directory, {
      extVars: fields.textMap('extVars') ?? {},
      extCode: fields.textMap('extCode') ?? {},
      tlas: fields.textMap('tlas') ?? {},
      tlaCode: fields.textMap('tlaCode') ?? {},
      jpath: fields.texts('jpath'),
    }).value
  },
}
