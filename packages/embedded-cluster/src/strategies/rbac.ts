import { deepEqual, type JsonObject, type KubeObject } from '@driftless/kube-objects'
import { type KindStrategy, subdomainFaults } from '@driftless/kube-server'
import { isRecord, list, record, records, text } from '../json.ts'
import { checkLabelSelector } from './label-selector.ts'
import { collectProblems, type Problems } from './problems.ts'

const rbacGroup = 'rbac.authorization.k8s.io'

/** Rules of Roles. */
export const role: KindStrategy = {
  hasGeneration: false,
  nameRule: 'path',
  validate: (object) => ruleProblems(object, true),
}

/** Rules of ClusterRoles. */
export const clusterRole: KindStrategy = {
  hasGeneration: false,
  nameRule: 'path',
  validate: (object) => ruleProblems(object, false),
}

/** Rules of RoleBindings. */
export const roleBinding: KindStrategy = {
  hasGeneration: false,
  nameRule: 'path',
  validate: (object, previous) => bindingProblems(object, previous, ['ClusterRole', 'Role']),
}

/** Rules of ClusterRoleBindings. */
export const clusterRoleBinding: KindStrategy = {
  hasGeneration: false,
  nameRule: 'path',
  validate: (object, previous) => bindingProblems(object, previous, ['ClusterRole']),
}

function ruleProblems(object: KubeObject, isNamespaced: boolean) {
  const problems = collectProblems()
  for (const [index, rule] of records(object.rules).entries())
    checkRule(problems, `rules[${index}]`, { rule, isNamespaced })
  const selectors = isRecord(object.aggregationRule) ? records(object.aggregationRule.clusterRoleSelectors) : undefined
  if (selectors?.length === 0)
    problems.required(
      'aggregationRule.clusterRoleSelectors',
      'at least one clusterRoleSelector required if aggregationRule is non-nil',
    )
  for (const [index, selector] of (selectors ?? []).entries())
    checkLabelSelector(problems, `aggregationRule.clusterRoleSelectors[${index}]`, selector)
  return problems.found
}

function checkRule(problems: Problems, field: string, facts: { rule: JsonObject; isNamespaced: boolean }): void {
  const { rule, isNamespaced } = facts
  const [verbs, urls, groups, resources] = [rule.verbs, rule.nonResourceURLs, rule.apiGroups, rule.resources].map(list)
  if (verbs?.length === 0) problems.required(`${field}.verbs`, 'verbs must contain at least one value')
  if ((urls?.length ?? 0) > 0) {
    if (isNamespaced)
      problems.invalid(`${field}.nonResourceURLs`, urls, 'namespaced rules cannot apply to non-resource URLs')
    if ([groups, resources, list(rule.resourceNames)].some((values) => (values?.length ?? 0) > 0)) {
      problems.invalid(
        `${field}.nonResourceURLs`,
        urls,
        'rules cannot apply to both regular resources and non-resource URLs',
      )
    }
    return
  }
  if (groups?.length === 0) problems.required(`${field}.apiGroups`, 'resource rules must supply at least one api group')
  if (resources?.length === 0)
    problems.required(`${field}.resources`, 'resource rules must supply at least one resource')
}

function bindingProblems(object: KubeObject, previous: KubeObject | undefined, kinds: readonly string[]) {
  const problems = collectProblems()
  const reference = record(object.roleRef)
  if (text(reference.apiGroup) !== rbacGroup)
    problems.unsupported('roleRef.apiGroup', text(reference.apiGroup), [rbacGroup])
  if (!kinds.includes(text(reference.kind))) problems.unsupported('roleRef.kind', text(reference.kind), kinds)
  if (text(reference.name) === '') problems.required('roleRef.name')
  for (const [index, subject] of records(object.subjects).entries()) {
    checkSubject(problems, `subjects[${index}]`, { subject, isNamespaced: kinds.includes('Role') })
  }
  if (previous !== undefined && !deepEqual(object.roleRef, previous.roleRef))
    problems.invalid(
      'roleRef',
      { APIGroup: reference.apiGroup, Kind: reference.kind, Name: reference.name },
      'cannot change roleRef',
    )
  return problems.found
}

function checkSubject(problems: Problems, field: string, facts: { subject: JsonObject; isNamespaced: boolean }): void {
  const { subject } = facts
  const name = text(subject.name)
  if (name === '') problems.required(`${field}.name`)
  switch (text(subject.kind)) {
    case 'ServiceAccount':
      if (name !== '') for (const fault of subdomainFaults(name)) problems.invalid(`${field}.name`, name, fault)
      if (text(subject.apiGroup) !== '') problems.unsupported(`${field}.apiGroup`, subject.apiGroup, [''])
      if (text(subject.namespace) === '' && !facts.isNamespaced) problems.required(`${field}.namespace`)
      break
    case 'User':
    case 'Group':
      if (text(subject.apiGroup) !== rbacGroup)
        problems.unsupported(`${field}.apiGroup`, text(subject.apiGroup), [rbacGroup])
      break
    default:
      problems.unsupported(`${field}.kind`, text(subject.kind), ['Group', 'ServiceAccount', 'User'])
  }
}
