import type { Identity } from '../identity.ts'
import type { MatchMode } from '../policy/compose.ts'
import type { ParsedPolicy } from '../policy/parse.ts'
import { projectOfSubject } from '../policy/project.ts'
import { concerns, PolicyIndex } from './policy-index.ts'
import { PatternCache, SubjectView } from './subject-view.ts'

/** A subject that is evaluated for itself; one that allows is enough. */
export interface Unit {
  readonly as: 'default role' | 'subject' | 'group' | 'everybody'
  readonly name: string
  readonly view: SubjectView
}

/** What the units of a policy are made from. */
export interface UnitOptions {
  readonly policies: readonly ParsedPolicy[]
  /** Policies of projects that hold for their own objects, by the name of the project. */
  readonly projects: ReadonlyMap<string, ParsedPolicy>
  readonly defaultRole: string
  readonly matchMode: MatchMode
}

/** Entries that may be kept ready; beyond them all are dropped and made again as they are asked for. */
const mostEntries = 2_000_000

/** Finds, and keeps, the units that stand for an identity. */
export class Units {
  readonly #options: UnitOptions
  readonly #base: PolicyIndex
  readonly #projectIndexes = new Map<string, PolicyIndex>()
  readonly #patterns: PatternCache
  readonly #baseViews = new Map<string, SubjectView>()
  readonly #projectViews = new Map<string, Map<string, SubjectView>>()
  #units = new WeakMap<Identity, Map<string, readonly Unit[]>>()
  readonly #ruleCount: number
  #entries = 0

  constructor(options: UnitOptions) {
    this.#options = options
    this.#base = new PolicyIndex(options.policies)
    this.#ruleCount = options.policies.reduce((sum, { rules }) => sum + rules.length, 0)
    this.#patterns = new PatternCache(options.matchMode)
  }

  /** The units of an identity in order; `project` is the known project of the object, `''` for none. */
  of(identity: Identity, project: string): readonly Unit[] {
    const byProject = this.#units.get(identity)
    const found = byProject?.get(project)
    if (found !== undefined) return found
    const made = this.#make(identity, project)
    this.#grow(made.length + 4)
    const current = this.#units.get(identity) ?? new Map<string, readonly Unit[]>()
    this.#units.set(identity, current.set(project, made))
    return made
  }

  #make(identity: Identity, project: string): Unit[] {
    const { defaultRole } = this.#options
    const units: Unit[] = []
    const add = (as: Unit['as'], name: string, scope: string) => {
      const view = this.#view(name, scope)
      if (!units.some((unit) => unit.view === view)) units.push({ as, name, view })
    }
    if (defaultRole !== '') add('default role', defaultRole, '')
    const tokenProject = projectOfSubject(identity.subject)
    const isForeign = tokenProject !== undefined && project !== '' && tokenProject !== project
    if (!isForeign) {
      if (defaultRole !== '') add('default role', defaultRole, project)
      add('subject', identity.subject, project)
      // A token of a project acts as its role alone, whatever groups it claims.
      if (tokenProject === undefined || project === '')
        for (const group of identity.groups) if (this.#isMember(group, project)) add('group', group, project)
    }
    if (identity.isClaims) add('everybody', '', '')
    return units
  }

  #isMember(name: string, project: string): boolean {
    return this.#base.rolesByMember.has(name) || (this.#indexOf(project)?.rolesByMember.has(name) ?? false)
  }

  #view(name: string, project: string): SubjectView {
    const base = this.#baseViews.get(name) ?? this.#makeBaseView(name)
    const index = this.#indexOf(project)
    if (index === undefined || !concerns(index, base.roles)) return base
    const views = this.#projectViews.get(project) ?? new Map<string, SubjectView>()
    const view = views.get(name) ?? this.#newView(name, [this.#base, index])
    this.#projectViews.set(project, views.set(name, view))
    return view
  }

  #makeBaseView(name: string): SubjectView {
    const view = this.#newView(name, [this.#base])
    this.#baseViews.set(name, view)
    return view
  }

  #newView(name: string, indexes: readonly PolicyIndex[]): SubjectView {
    const view = new SubjectView(name, indexes, { patterns: this.#patterns, grown: (entries) => this.#grow(entries) })
    this.#grow(view.rules.length + view.roles.size + 8)
    return view
  }

  #indexOf(project: string): PolicyIndex | undefined {
    const policy = project === '' ? undefined : this.#options.projects.get(project)
    if (policy === undefined) return undefined
    const index = this.#projectIndexes.get(project) ?? new PolicyIndex([policy], this.#ruleCount)
    this.#projectIndexes.set(project, index)
    return index
  }

  #grow(entries: number): void {
    this.#entries += entries
    if (this.#entries < mostEntries) return
    this.#entries = 0
    this.#baseViews.clear()
    this.#projectViews.clear()
    this.#units = new WeakMap()
  }
}
