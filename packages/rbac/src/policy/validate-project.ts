import { isProjectScoped } from '../vocabulary.ts'
import { splitCsvLine } from './csv-line.ts'
import { type AccessProject, type ProjectRole, projectSubject } from './project.ts'

const actions = /^(get|create|update|delete|sync|override|rollback|\*|(action|update|delete)\/.*)$/

/** Why the roles of a project may not be saved; an empty list when they may. */
export function validateProjectRoles(project: AccessProject): string[] {
  const names = project.roles.map(({ name }) => name)
  const twice = repeated(names).map((name) => `there are two roles ${JSON.stringify(name)}`)
  return [...twice, ...project.roles.flatMap((role) => roleProblems(project.name, role))]
}

function roleProblems(project: string, role: ProjectRole): string[] {
  const problems: string[] = []
  if (!/^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(role.name))
    problems.push('its name must be letters, digits, - and _, and begin and end with a letter or digit')
  problems.push(...repeated(role.policies).map((line) => `the policy ${JSON.stringify(line)} is there twice`))
  problems.push(...repeated(role.groups).map((group) => `the group ${JSON.stringify(group)} is there twice`))
  for (const line of role.policies) {
    const problem = lineProblem(line, project, role.name)
    if (problem !== undefined) problems.push(`the policy ${JSON.stringify(line)} ${problem}`)
  }
  for (const group of role.groups) {
    const fields = splitCsvLine(group.trim())
    if (/[\r\n]/.test(group) || !fields.ok || fields.value.length !== 1 || group.trim() === '')
      problems.push(`the group ${JSON.stringify(group)} must be one name; one with a comma stands in quotes`)
  }
  return problems.map((problem) => `role ${JSON.stringify(role.name)}: ${problem}`)
}

function lineProblem(line: string, project: string, role: string): string | undefined {
  const fields = splitCsvLine(line.trim())
  if (!fields.ok) return `cannot be read: ${fields.error}`
  const [kind, subject, resource = '', action = '', object = '', effect] = fields.value
  if (kind !== 'p' || fields.value.length !== 6) return 'must be p, subject, resource, action, object, effect'
  if (subject !== projectSubject(project, role)) return `must be about ${projectSubject(project, role)}`
  if (!isProjectScoped(resource)) return `names the resource ${JSON.stringify(resource)}, which projects cannot give`
  if (!actions.test(action)) return `names the action ${JSON.stringify(action)}, which there is not`
  if (!object.startsWith(`${project}/`) || object === `${project}/`) return `must be about objects ${project}/<pattern>`
  return effect === 'allow' || effect === 'deny' ? undefined : 'must end with allow or deny'
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))]
}
