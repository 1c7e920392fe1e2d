import { type ParsedPolicy, type PolicyProblem, parsePolicy, type RoleLink, type Rule } from './parse.ts'

/** The parts of an AppProject that decide about access. */
export interface AccessProject {
  readonly name: string
  readonly roles: readonly ProjectRole[]
}

/** A role of a project. */
export interface ProjectRole {
  readonly name: string
  /** Policy lines. */
  readonly policies: readonly string[]
  /** Values of group claims that have the role; one with a comma stands in quotes. */
  readonly groups: readonly string[]
}

/** The policy that the roles of a project amount to: each may get its project, then its lines, then its groups. */
export function projectPolicy(project: AccessProject): ParsedPolicy {
  const rules: Rule[] = []
  const links: RoleLink[] = []
  const problems: PolicyProblem[] = []
  for (const role of project.roles) {
    const source = `project ${project.name} role ${role.name}`
    const subject = projectSubject(project.name, role.name)
    const groups = role.groups.map((group) => `g, ${group}, ${subject}`)
    for (const [index, text] of [
      `p, ${subject}, projects, get, ${project.name}, allow`,
      ...role.policies,
      ...groups,
    ].entries()) {
      if (index > role.policies.length && text.includes('\n'))
        problems.push({ source, line: index, message: 'the name of a group contains a line break' })
      const parsed = parsePolicy(text, source)
      rules.push(...parsed.rules.map((rule) => ({ ...rule, line: index })))
      links.push(...parsed.links.map((link) => ({ ...link, line: index })))
      problems.push(...parsed.problems.map((problem) => ({ ...problem, line: index })))
    }
  }
  return { rules, links, problems }
}

/** The subject that tokens and groups of a project's role act as. */
export function projectSubject(project: string, role: string): string {
  return `proj:${project}:${role}`
}

/** The project of a subject `proj:<project>:<role>`; undefined for other subjects. */
export function projectOfSubject(subject: string): string | undefined {
  const parts = subject.split(':')
  return parts.length === 3 && parts[0] === 'proj' ? parts[1] : undefined
}
