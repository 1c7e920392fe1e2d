const labelFormat = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomainFormat = `${labelFormat}(\\.${labelFormat})*`
const label1035Format = '[a-z]([-a-z0-9]*[a-z0-9])?'
const qualifiedNameFormat = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const labelValueFormat = `(${qualifiedNameFormat})?`

const label = new RegExp(`^${labelFormat}$`)
const subdomain = new RegExp(`^${subdomainFormat}$`)
const label1035 = new RegExp(`^${label1035Format}$`)
const qualifiedName = new RegExp(`^${qualifiedNameFormat}$`)
const labelValue = new RegExp(`^${labelValueFormat}$`)

const subdomainMessage = regexMessage(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  subdomainFormat,
  ['example.com'],
)
const labelMessage = regexMessage(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  labelFormat,
  ['my-name', '123-abc'],
)
const label1035Message = regexMessage(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  label1035Format,
  ['my-name', 'abc-123'],
)
const qualifiedNameMessage = regexMessage(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  qualifiedNameFormat,
  ['MyName', 'my.name', '123-abc'],
)
const labelValueMessage = regexMessage(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  labelValueFormat,
  ['MyValue', 'my_value', '12345'],
)

/** Faults of an RFC 1123 subdomain, in the API server's words; empty when there are none. */
export function subdomainFaults(text: string): string[] {
  return [...lengthFault(text, 253), ...(subdomain.test(text) ? [] : [subdomainMessage])]
}

/** Faults of an RFC 1123 label. */
export function labelFaults(text: string): string[] {
  return [...lengthFault(text, 63), ...(label.test(text) ? [] : [labelMessage])]
}

/** Faults of an RFC 1035 label (services, CRD names). */
export function label1035Faults(text: string): string[] {
  return [...lengthFault(text, 63), ...(label1035.test(text) ? [] : [label1035Message])]
}

/** Faults of a name that may hold anything a URL segment can (RBAC names). */
export function pathSegmentFaults(text: string): string[] {
  if (text === '.' || text === '..') return [`may not be '${text}'`]
  return ['/', '%'].filter((part) => text.includes(part)).map((part) => `may not contain '${part}'`)
}

/** Faults of a label or annotation key, `[prefix/]name`. */
export function qualifiedNameFaults(text: string): string[] {
  const parts = text.split('/')
  if (parts.length > 2) {
    return [
      `a valid label key ${qualifiedNameMessage} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  }
  const faults: string[] = []
  const name = parts.at(-1) ?? ''
  if (parts.length === 2) {
    const prefix = parts[0] ?? ''
    if (prefix === '') faults.push('prefix part must be non-empty')
    else {
      const format = subdomain.test(prefix) ? [] : [subdomainMessage]
      faults.push(...[...lengthFault(prefix, 253, 'bytes'), ...format].map((fault) => `prefix part ${fault}`))
    }
  }
  if (name === '') faults.push('name part must be non-empty')
  else faults.push(...lengthFault(name, 63, 'bytes').map((fault) => `name part ${fault}`))
  if (!qualifiedName.test(name)) faults.push(`name part ${qualifiedNameMessage}`)
  return faults
}

/** Faults of a label's value. */
export function labelValueFaults(text: string): string[] {
  return [...lengthFault(text, 63, 'bytes'), ...(labelValue.test(text) ? [] : [labelValueMessage])]
}

/** The rules of `metadata.name` by name. */
export const nameRules = {
  subdomain: subdomainFaults,
  label: labelFaults,
  label1035: label1035Faults,
  path: pathSegmentFaults,
} as const

/** The limit is always one of bytes; the server calls them characters in names. */
function lengthFault(text: string, limit: number, unit: 'characters' | 'bytes' = 'characters'): string[] {
  return Buffer.byteLength(text) > limit ? [`must be no more than ${limit} ${unit}`] : []
}

function regexMessage(message: string, format: string, examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ')
  return `${message} (e.g. ${shown}regex used for validation is '${format}')`
}
