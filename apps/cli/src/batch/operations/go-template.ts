import { randomBytes } from 'node:crypto'
import { compile, type Engine, type MissingKey } from '@driftless/go-template'
import { type Fields, invalid } from '../fields.ts'
import type { Operations } from '../operation.ts'

const engineNames = ['go', 'sprig', 'helm', 'appset'] as const
const missingKeys = ['default', 'invalid', 'zero', 'error'] as const

export const goTemplateOperations: Operations = {
  async gotemplate(fields) {
    const engine = fields.word('engine', engineNames) ?? 'go'
    return engine === 'helm' ? renderWithHelm(fields) : render(fields, engine)
  },
}

function render(fields: Fields, engine: Engine): string {
  const template = compile(fields.text('template'), { engine, ...reading(fields) })
  return template.render(fields.value('data'), {
    now: () => new Date(),
    randomBytes,
    ...numbersOf(fields),
  })
}

/** Helm is loaded only by templates that are written for it. */
async function renderWithHelm(fields: Fields): Promise<string> {
  const { renderHelmText } = await import('@driftless/helm')
  const helm = fields.word('helm', ['3', '4'])
  return renderHelmText(fields.text('template'), fields.value('data'), {
    clock: { now: () => new Date() },
    randomBytes,
    ...reading(fields),
    ...(helm && { helm }),
    ...numbersOf(fields),
  })
}

function reading(fields: Fields): {
  templates?: Readonly<Record<string, string>>
  delimiters?: readonly [string, string]
  missingKey?: MissingKey
} {
  const templates = fields.textMap('templates')
  const missing = fields.optionalText('missingkey')?.replace(/^missingkey=/, '')
  const missingKey = missingKeys.find((known) => known === missing)
  if (missing !== undefined && missingKey === undefined) throw invalid('missingkey', `one of ${missingKeys.join(', ')}`)
  return {
    ...(templates && { templates }),
    ...delimiters(fields),
    ...(missingKey && { missingKey }),
  }
}

function delimiters(fields: Fields): { delimiters?: readonly [string, string] } {
  const given = fields.texts('delims')
  if (given.length === 0) return {}
  const [left, right] = given
  if (left === undefined || right === undefined) throw invalid('delims', 'a list of two texts')
  return { delimiters: [left, right] }
}

function numbersOf(fields: Fields): { numbers?: 'float64' | 'int' } {
  const numbers = fields.word('numbers', ['float64', 'int'])
  return numbers === undefined ? {} : { numbers }
}
