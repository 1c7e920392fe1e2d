import { can } from './can.ts'
import type { AccessRequest } from './decision.ts'
import { type AccessPolicy, createEnforcer } from './enforcer.ts'
import { RbacErrors } from './errors.ts'
import { builtInPolicy } from './policy/built-in.ts'
import { composePolicy } from './policy/compose.ts'
import type { AccessProject, ProjectRole } from './policy/project.ts'
import { validatePolicy } from './policy/validate.ts'

type Fields = Readonly<Record<string, unknown>>

/** Operations on JSON data by their names in a batch; each throws what is wrong with its request. */
export const rbacOperations = {
  'rbac.enforce': enforceRequest,
  'rbac.can': canRequest,
  'rbac.validate': validateRequest,
  'rbac.merge': mergeRequest,
} as const

/** `rbac.enforce`: without subject and claims the caller is anonymous; without `builtinPolicy` there is none; `true` stands for the built-in roles. */
export function enforceRequest(fields: Fields): { allowed: boolean; rule: string | null; why: string } {
  const caller = optionalText(fields, 'subject') ?? record(fields.claims ?? {}, 'claims')
  const { allowed, rule, why } = createEnforcer(readPolicy(fields)).explain(caller, readRequest(fields))
  return { allowed, rule: rule?.text ?? null, why }
}

/** `rbac.can`: without `builtinPolicy` there is none; `true` stands for the built-in roles. */
export function canRequest(fields: Fields): { allowed: boolean } {
  const allowed = can({
    subject: text(fields, 'subject'),
    action: text(fields, 'action'),
    resource: text(fields, 'resource'),
    object: optionalText(fields, 'object') ?? '',
    builtIn: readBuiltIn(fields),
    user: optionalText(fields, 'userPolicy') ?? '',
    defaultRole: optionalText(fields, 'defaultRole') ?? '',
    matchMode: optionalText(fields, 'matchMode') ?? '',
    strict: flag(fields, 'strict') ?? false,
  })
  return { allowed }
}

/** `rbac.validate`: the lines that make the policy unusable. */
export function validateRequest(fields: Fields): { problems: { line: number; message: string }[] } {
  const { problems } = validatePolicy(text(fields, 'policy'))
  return { problems: problems.map(({ line, message }) => ({ line, message })) }
}

/** `rbac.merge`: the composed policy text. */
export function mergeRequest(fields: Fields): string {
  const data = record(fields.configMap ?? {}, 'configMap')
  return composePolicy(Object.fromEntries(Object.keys(data).map((key) => [key, optionalText(data, key) ?? ''])))
}

function readPolicy(fields: Fields): AccessPolicy {
  const runtime = optionalText(fields, 'runtimePolicy')
  const scopes = optionalTexts(fields, 'scopes')
  return {
    builtIn: readBuiltIn(fields),
    user: optionalText(fields, 'userPolicy') ?? '',
    defaultRole: optionalText(fields, 'defaultRole') ?? '',
    matchMode: optionalText(fields, 'matchMode') ?? '',
    enabled: flag(fields, 'enabled') ?? true,
    projects: list(fields, 'projects').map((project, index) => readProject(project, `projects[${index}]`)),
    ...(runtime === undefined ? {} : { runtime }),
    ...(scopes === undefined ? {} : { scopes }),
  }
}

/** Reads the name and the roles of an AppProject. Throws `RBAC_INVALID_REQUEST`. */
export function readProject(value: unknown, field = 'project'): AccessProject {
  const project = record(value, field)
  const spec = record(project.spec ?? {}, `${field}.spec`)
  const roles = list(spec, 'roles').map((item, index): ProjectRole => {
    const role = record(item, `${field}.spec.roles[${index}]`)
    return {
      name: text(role, 'name'),
      policies: optionalTexts(role, 'policies') ?? [],
      groups: optionalTexts(role, 'groups') ?? [],
    }
  })
  return { name: text(record(project.metadata, `${field}.metadata`), 'name'), roles }
}

function readBuiltIn(fields: Fields): string {
  return fields.builtinPolicy === true ? builtInPolicy : (optionalText(fields, 'builtinPolicy') ?? '')
}

function readRequest(fields: Fields): AccessRequest {
  const [resource, action, object, ...others] = optionalTexts(fields, 'request') ?? []
  if (resource === undefined || action === undefined || object === undefined || others.length > 0)
    throw RbacErrors.INVALID_REQUEST({ field: 'request', wanted: 'a list of resource, action and object' })
  return { resource, action, object }
}

function record(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw RbacErrors.INVALID_REQUEST({ field, wanted: 'an object' })
  return value as Fields
}

function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined
}

function text(fields: Fields, name: string): string {
  const value = own(fields, name)
  if (typeof value !== 'string') throw RbacErrors.INVALID_REQUEST({ field: name, wanted: 'a text' })
  return value
}

function optionalText(fields: Fields, name: string): string | undefined {
  return own(fields, name) === undefined ? undefined : text(fields, name)
}

function flag(fields: Fields, name: string): boolean | undefined {
  const value = own(fields, name)
  if (value !== undefined && typeof value !== 'boolean')
    throw RbacErrors.INVALID_REQUEST({ field: name, wanted: 'true or false' })
  return value
}

function list(fields: Fields, name: string): readonly unknown[] {
  const value = own(fields, name) ?? []
  if (!Array.isArray(value)) throw RbacErrors.INVALID_REQUEST({ field: name, wanted: 'a list' })
  return value as readonly unknown[]
}

function optionalTexts(fields: Fields, name: string): readonly string[] | undefined {
  if (own(fields, name) === undefined) return undefined
  return list(fields, name).map((item) => {
    if (typeof item !== 'string') throw RbacErrors.INVALID_REQUEST({ field: name, wanted: 'a list of texts' })
    return item
  })
}
