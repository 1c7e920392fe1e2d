import type { Problems } from './problems.ts'

const environmentName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/
const relaxedEnvironmentName = /^[\x20-\x3c\x3e-\x7e]+$/
const portName = /^[-a-z0-9]+$/
const configKey = /^[-._a-zA-Z0-9]+$/

/** What the server says of a port number outside 1-65535. */
export const portRange = 'must be between 1 and 65535, inclusive'
/** What the server says of a number below zero. */
export const notNegative = 'must be greater than or equal to 0'
/** What the server says of a number that must be above zero. */
export const positive = 'must be greater than 0'

/** Checks that a number is not negative; absent passes. */
export function checkNotNegative(problems: Problems, field: string, value: unknown): void {
  if (typeof value === 'number' && value < 0) problems.invalid(field, value, notNegative)
}

/** Checks that a number is above zero; absent passes. */
export function checkPositive(problems: Problems, field: string, value: unknown): void {
  if (typeof value === 'number' && value <= 0) problems.invalid(field, value, positive)
}

/** Checks a port number. */
export function checkPort(problems: Problems, field: string, value: unknown): void {
  if (typeof value !== 'number' || value < 1 || value > 65_535) problems.invalid(field, value ?? 0, portRange)
}

/** Checks a number or the name of a port. */
export function checkPortOrName(problems: Problems, field: string, value: unknown): void {
  if (typeof value === 'string') for (const fault of portNameFaults(value)) problems.invalid(field, value, fault)
  else checkPort(problems, field, value)
}

/** Faults of an IANA service name. */
export function portNameFaults(name: string): string[] {
  const faults: string[] = []
  if (name.length > 15) faults.push('must be no more than 15 characters')
  if (!portName.test(name)) faults.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(name)) faults.push('must contain at least one letter (a-z)')
  if (name.includes('--')) faults.push('must not contain consecutive hyphens')
  if (name.startsWith('-') || name.endsWith('-')) faults.push('must not begin or end with a hyphen')
  return faults
}

/** Faults of an environment variable's name; any printable ASCII but `=` is taken. */
export function environmentNameFaults(name: string): string[] {
  return relaxedEnvironmentName.test(name)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
}

/** True for names that every shell takes. */
export function isPlainEnvironmentName(name: string): boolean {
  return environmentName.test(name)
}

/** Faults of a key of a ConfigMap or Secret. */
export function configKeyFaults(key: string): string[] {
  const faults: string[] = []
  if (key.length > 253) faults.push('must be no more than 253 characters')
  if (!configKey.test(key)) {
    faults.push(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    )
  }
  if (key === '.') faults.push("must not be '.'")
  if (key === '..') faults.push("must not be '..'")
  else if (key.startsWith('..')) faults.push("must not start with '..'")
  return faults
}

/** Checks a number or a percentage such as `25%` that is not negative. */
export function checkIntOrPercent(problems: Problems, field: string, value: unknown): void {
  if (typeof value === 'number') {
    checkNotNegative(problems, field, value)
    return
  }
  if (typeof value === 'string' && !/^[0-9]+%$/.test(value)) {
    problems.invalid(
      field,
      value,
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
    )
  }
}

/** Checks that a percentage does not exceed 100%. */
export function checkAtMostAll(problems: Problems, field: string, value: unknown): void {
  if (typeof value === 'string' && /^[0-9]+%$/.test(value) && Number(value.slice(0, -1)) > 100) {
    problems.invalid(field, value, 'must not be greater than 100%')
  }
}

/** True for a dotted IPv4 address or an IPv6 one. */
export function isAddress(text: string): boolean {
  return isIPv4(text) || (/^[0-9a-f:.]+$/i.test(text) && text.includes(':'))
}

/** True for a dotted IPv4 address without leading zeros. */
export function isIPv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

/** True for an address with a prefix length. */
export function isCidr(text: string): boolean {
  const [address = '', length = '', rest] = text.split('/')
  return (
    rest === undefined &&
    isAddress(address) &&
    /^\d{1,3}$/.test(length) &&
    Number(length) <= (isIPv4(address) ? 32 : 128)
  )
}
