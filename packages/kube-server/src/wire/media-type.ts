import { generic } from '../status/kube-status.ts'

/** How an answer is to be written. */
export interface Representation {
  format: 'json' | 'yaml'
  /** `undefined` for the object itself. */
  as?: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList'
}

/** One media type with its parameters. */
export interface MediaType {
  type: string
  parameters: Readonly<Record<string, string>>
}

/** The media types of an Accept header in order of preference. */
export function parseAccept(header: string | undefined): MediaType[] {
  const types = (header ?? '*/*').split(',').map(parseMediaType)
  const quality = ({ parameters }: MediaType) => (parameters.q === undefined ? 1 : Number(parameters.q) || 0)
  return types.filter((type) => quality(type) > 0).sort((a, b) => quality(b) - quality(a))
}

/** A media type as a header writes it. */
export function parseMediaType(text: string): MediaType {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim())
  const parameters = rest.map((part) => {
    const [name = '', value = ''] = part.split('=')
    return [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, '')] as const
  })
  return { type: type.toLowerCase(), parameters: Object.fromEntries(parameters) }
}

/** Chooses what to answer a resource request with. Throws 406. */
export function negotiate(header: string | undefined, forWatch = false): Representation {
  for (const { type, parameters } of parseAccept(header)) {
    const format = formatOf(type)
    if (format === undefined || (forWatch && format === 'yaml')) continue
    const { as, g, v } = parameters
    if (as === undefined) return { format }
    if (g !== 'meta.k8s.io' || v !== 'v1') continue
    if (as === 'Table' || as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return { format, as }
  }
  throw generic(406)
}

function formatOf(type: string): 'json' | 'yaml' | undefined {
  if (type === 'application/json' || type === '*/*' || type === 'application/*' || type === '') return 'json'
  return type === 'application/yaml' || type === 'application/x-yaml' || type === 'text/yaml' ? 'yaml' : undefined
}
