import { canonicalQuantity, compareQuantities, type JsonObject } from '@driftless/kube-objects'
import { qualifiedNameFaults } from '@driftless/kube-server'
import { record, records, text } from '../json.ts'
import type { Problems } from './problems.ts'

const standardResources = new Set(['cpu', 'memory', 'ephemeral-storage', 'storage', 'pods'])
const containerResources = new Set(['cpu', 'memory', 'ephemeral-storage'])

/** Checks `resources` of a container. */
export function checkResources(problems: Problems, field: string, resources: unknown): void {
  const limits = record(record(resources).limits)
  const requests = record(record(resources).requests)
  for (const [name, value] of Object.entries(limits)) checkAmount(problems, `${field}.limits`, name, value)
  for (const [name, value] of Object.entries(requests)) {
    checkAmount(problems, `${field}.requests`, name, value)
    const limit = limits[name]
    if (limit === undefined) {
      if (isExtended(name)) problems.required(`${field}.limits`, `Limit must be set for non overcommitable resources`)
    } else if (isMore(value, limit)) {
      const relation = isExtended(name) ? 'must be equal to' : 'must be less than or equal to'
      problems.invalid(`${field}.requests`, canonical(value), `${relation} ${name} limit of ${canonical(limit)}`)
    } else if (isExtended(name) && isMore(limit, value)) {
      problems.invalid(`${field}.requests`, canonical(value), `must be equal to ${name} limit of ${canonical(limit)}`)
    }
  }
  checkClaims(problems, field, resources)
}

/** Checks that every quantity of a map is not negative. */
export function checkAmounts(problems: Problems, field: string, amounts: unknown): void {
  for (const [name, value] of Object.entries(record(amounts))) {
    if (isMore('0', value))
      problems.invalid(`${field}[${name}]`, canonical(value), 'must be greater than or equal to 0')
  }
}

/** A quantity as the server prints it. */
export function canonical(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? canonicalQuantity(value) : ''
}

/** True when the first quantity is greater than the second. */
export function isMore(a: unknown, b: unknown): boolean {
  const isQuantity = (value: unknown) => typeof value === 'string' || typeof value === 'number'
  return isQuantity(a) && isQuantity(b) && compareQuantities(a as string, b as string) > 0
}

function checkAmount(problems: Problems, field: string, name: string, value: unknown): void {
  const at = `${field}[${name}]`
  for (const fault of qualifiedNameFaults(name)) problems.invalid(at, name, fault)
  if (
    !name.includes('/') &&
    !containerResources.has(name) &&
    !name.startsWith('hugepages-') &&
    !standardResources.has(name)
  ) {
    problems.invalid(at, name, 'must be a standard resource type or fully qualified')
  }
  if (!name.includes('/') && !containerResources.has(name) && !name.startsWith('hugepages-')) {
    problems.invalid(at, name, 'must be a standard resource for containers')
  }
  if (isMore('0', value)) problems.invalid(at, canonical(value), 'must be greater than or equal to 0')
}

/** Resources with a domain cannot be overcommitted. */
function isExtended(name: string): boolean {
  return name.startsWith('hugepages-') || (name.includes('/') && !name.startsWith('kubernetes.io/'))
}

function checkClaims(problems: Problems, field: string, resources: unknown): void {
  const names = new Set<string>()
  for (const [index, claim] of records(record(resources).claims).entries()) {
    const name = text((claim as JsonObject).name)
    if (name === '') problems.required(`${field}.claims[${index}]`)
    else if (names.has(name)) problems.duplicate(`${field}.claims[${index}]`, name)
    names.add(name)
  }
}
