import { type AccessRequest, type Decision, explainUnits } from './decision.ts'
import { RbacErrors } from './errors.ts'
import type { ObjectSets, SubjectView } from './evaluate/subject-view.ts'
import { Units } from './evaluate/units.ts'
import { type Claims, type Identity, identityOf, identityOfName, isIdentity } from './identity.ts'
import { builtInPolicy } from './policy/built-in.ts'
import { defaultScopes, matchModeOf, type PolicyPart } from './policy/compose.ts'
import { type ParsedPolicy, type PolicyProblem, parsePolicy } from './policy/parse.ts'
import { type AccessProject, projectPolicy } from './policy/project.ts'
import { projectOfObject } from './vocabulary.ts'

/** Everything that decides about access. */
export interface AccessPolicy {
  /** CSV; the built-in roles when absent, nothing when empty. */
  readonly builtIn?: string
  /** CSV, or the parts of `argocd-rbac-cm` (see `readAccessSettings`). */
  readonly user?: string | readonly PolicyPart[]
  /** CSV that is left out as a whole when it cannot be read. */
  readonly runtime?: string
  readonly defaultRole?: string
  /** Claims that list groups; `groups` when absent. */
  readonly scopes?: readonly string[]
  /** `regex`; everything else is `glob`. */
  readonly matchMode?: string
  readonly projects?: readonly AccessProject[]
  /** False allows everything. */
  readonly enabled?: boolean
}

/** Who asks: a name, verified claims, or what `identify` made of them (fastest when asked often). */
export type Caller = string | Claims | Identity

/** Which objects of a list of projects a caller may do something to. */
export interface ProjectAccess {
  /** True when every project of the list is in `all`. */
  readonly everywhere: boolean
  /** Projects in which it is allowed for every object `<project>/…`. */
  readonly all: readonly string[]
  /** Projects in which single objects decide: ask for each. Projects in neither list have none. */
  readonly some: readonly string[]
}

/** Answers questions about one policy, which never changes: a new policy is a new enforcer. */
export interface Enforcer {
  /** Problems of parts that were left out (projects, runtime policy). */
  readonly problems: readonly PolicyProblem[]
  /** Makes an identity to ask with. */
  identify(caller: Caller): Identity
  /** Whether the caller may; objects that cannot be decided in bounded time are refused. */
  enforce(caller: Caller, request: AccessRequest): boolean
  /** One question for many objects. */
  permits(caller: Caller, resource: string, action: string): (object: string) => boolean
  /** The answer with the deciding line, or the missing permission. Slower than `enforce`. */
  explain(caller: Caller, request: AccessRequest): Decision
  /** Which of these projects are fully, or partly, open to the caller: the sets that lists are filtered by. */
  projectAccess(
    caller: Caller,
    question: { resource: string; action: string },
    projects: readonly string[],
  ): ProjectAccess
}

/** Longest resource, action or object of a request, in UTF-16 units. */
const longestPart = 4096

/** Compiles a policy. Throws `RBAC_INVALID_POLICY` with the first line that cannot be read, `RBAC_TOO_LARGE`. */
export function createEnforcer(policy: AccessPolicy = {}): Enforcer {
  return new CompiledEnforcer(policy)
}

class CompiledEnforcer implements Enforcer {
  readonly problems: readonly PolicyProblem[]
  readonly #units: Units
  readonly #projects = new Map<string, ParsedPolicy>()
  readonly #policy: AccessPolicy
  readonly #byName = new Map<string, Identity>()

  constructor(policy: AccessPolicy) {
    this.#policy = policy
    const optional = policy.runtime === undefined ? [] : [parsePolicy(policy.runtime, 'runtime policy')]
    const projects = (policy.projects ?? []).map((project) => [project.name, projectPolicy(project)] as const)
    for (const [name, parsed] of projects) if (parsed.problems.length === 0) this.#projects.set(name, parsed)
    this.problems = [...optional, ...projects.map(([, parsed]) => parsed)].flatMap(({ problems }) => problems)
    // A project whose policy cannot be read is still a project: tokens of others do not reach into it.
    for (const [name, { problems }] of projects) if (problems.length > 0) this.#projects.set(name, nothing)
    this.#units = new Units({
      policies: [...requiredPolicies(policy), ...optional.filter(({ problems }) => problems.length === 0)],
      projects: this.#projects,
      defaultRole: policy.defaultRole ?? '',
      matchMode: matchModeOf(policy.matchMode),
    })
  }

  identify(caller: Caller): Identity {
    if (typeof caller === 'string') return this.#byName.get(caller) ?? this.#remember(caller)
    return isIdentity(caller) ? caller : identityOf(caller, this.#policy.scopes ?? defaultScopes)
  }

  enforce(caller: Caller, { resource, action, object }: AccessRequest): boolean {
    if (this.#policy.enabled === false) return true
    if (isTooLong(resource) || isTooLong(action) || isTooLong(object)) return false
    for (const { view } of this.#units.of(this.identify(caller), this.#projectOf(resource, object)))
      if (view.sets(resource, action).decide(object) === 'allow') return true
    return false
  }

  permits(caller: Caller, resource: string, action: string): (object: string) => boolean {
    if (this.#policy.enabled === false) return () => true
    if (isTooLong(resource) || isTooLong(action)) return () => false
    const identity = this.identify(caller)
    const setsOf = (project: string) => this.#units.of(identity, project).map(({ view }) => view.sets(resource, action))
    const byProject = new Map<string, readonly ObjectSets[]>()
    return (object) => {
      if (isTooLong(object)) return false
      const project = this.#projectOf(resource, object)
      const sets = byProject.get(project) ?? setsOf(project)
      byProject.set(project, sets)
      return sets.some((each) => each.decide(object) === 'allow')
    }
  }

  explain(caller: Caller, request: AccessRequest): Decision {
    if (this.#policy.enabled === false) return { ...undecided, allowed: true, why: 'access control is switched off' }
    if (isTooLong(request.resource) || isTooLong(request.action) || isTooLong(request.object))
      return {
        ...undecided,
        why: `the request is longer than ${longestPart} characters`,
        missing: 'The name is too long',
      }
    const units = this.#units.of(this.identify(caller), this.#projectOf(request.resource, request.object))
    return explainUnits(units, request)
  }

  projectAccess(
    caller: Caller,
    { resource, action }: { resource: string; action: string },
    projects: readonly string[],
  ): ProjectAccess {
    if (this.#policy.enabled === false) return { everywhere: true, all: projects, some: [] }
    const identity = this.identify(caller)
    const all: string[] = []
    const some: string[] = []
    for (const project of projects) {
      const units = this.#units.of(identity, this.#projects.has(project) ? project : '')
      const reach = reachOf(
        units.map(({ view }) => view),
        { resource, action, project },
      )
      if (reach === 'all') all.push(project)
      else if (reach === 'some') some.push(project)
    }
    return { everywhere: all.length === projects.length, all, some }
  }

  #projectOf(resource: string, object: string): string {
    if (this.#projects.size === 0) return ''
    const project = projectOfObject(resource, object)
    return this.#projects.has(project) ? project : ''
  }

  #remember(name: string): Identity {
    if (this.#byName.size > 100_000) this.#byName.clear()
    const identity = identityOfName(name)
    this.#byName.set(name, identity)
    return identity
  }
}

const nothing: ParsedPolicy = { rules: [], links: [], problems: [] }

const undecided: Decision = { allowed: false, rule: undefined, as: undefined, why: '', missing: undefined }

function requiredPolicies(policy: AccessPolicy): ParsedPolicy[] {
  const parts = typeof policy.user === 'object' ? policy.user : [{ source: 'policy.csv', text: policy.user ?? '' }]
  const parsed = [{ source: 'built-in policy', text: policy.builtIn ?? builtInPolicy }, ...parts].map(
    ({ source, text }) => parsePolicy(text, source),
  )
  const problems = parsed.flatMap((part) => part.problems)
  const [first] = problems
  if (first === undefined) return parsed
  const { source, line, message } = first
  throw RbacErrors.INVALID_POLICY(
    { source, line, reason: message, others: problems.length - 1 },
    { place: { file: source, line } },
  )
}

function isTooLong(text: string): boolean {
  return text.length > longestPart
}

interface Question {
  readonly resource: string
  readonly action: string
  readonly project: string
}

/** How much of a project the views allow together. */
function reachOf(views: readonly SubjectView[], { resource, action, project }: Question): 'all' | 'some' | 'none' {
  let reach: 'some' | 'none' = 'none'
  for (const view of views) {
    const { allow, deny, broken } = view.sets(resource, action)
    if (broken !== undefined || allow.isEmpty || deny.coversAllOf(project)) continue
    const isWhole = allow.coversAllOf(project)
    if (isWhole && !deny.mayMatchIn(project)) return 'all'
    if (isWhole || allow.mayMatchIn(project)) reach = 'some'
  }
  return reach
}
