import { type JsonObject, type LabelSelector, matchesSelector } from '@driftless/kube-objects'
import { annotationProblems, labelProblems } from '@driftless/kube-server'
import { isAbsent, record, text, texts } from '../json.ts'
import { checkLabelSelector, isEmptySelector } from './label-selector.ts'
import { checkPodSpec } from './pod-spec.ts'
import type { Problems } from './problems.ts'

/** Checks a pod template by itself. */
export function checkTemplate(problems: Problems, field: string, template: unknown): void {
  const { metadata, spec } = record(template)
  problems.found.push(
    ...labelProblems(texts(record(metadata).labels), `${field}.labels`),
    ...annotationProblems(texts(record(metadata).annotations), `${field}.annotations`),
  )
  checkPodSpec(problems, `${field}.spec`, record(spec))
}

/** Checks selector and template of a workload that restarts its pods for ever. */
export function checkSelectorAndTemplate(
  problems: Problems,
  spec: JsonObject,
  options: { mustRestart: boolean; nameOfSelector: string },
): void {
  const { selector, template } = spec
  if (isAbsent(selector)) problems.required('spec.selector')
  else {
    checkLabelSelector(problems, 'spec.selector', selector)
    if (isEmptySelector(selector))
      problems.invalid('spec.selector', selector, `empty selector is invalid for ${options.nameOfSelector}`)
  }
  checkMatch(problems, selector, template)
  checkTemplate(problems, 'spec.template', template)
  const policy = text(record(record(template).spec).restartPolicy)
  if (options.mustRestart && policy !== 'Always' && policy !== '')
    problems.unsupported('spec.template.spec.restartPolicy', policy, ['Always'])
  if (options.mustRestart && record(record(template).spec).activeDeadlineSeconds !== undefined) {
    problems.forbidden(
      'spec.template.spec.activeDeadlineSeconds',
      `activeDeadlineSeconds in ${options.nameOfSelector === 'deployment' ? 'ReplicaSet' : kindOf(options.nameOfSelector)} is not Supported`,
    )
  }
}

function kindOf(name: string): string {
  return name === 'statefulset' ? 'StatefulSet' : name === 'daemonset' ? 'DaemonSet' : 'ReplicaSet'
}

function checkMatch(problems: Problems, selector: unknown, template: unknown): void {
  const labels = texts(record(record(template).metadata).labels)
  // An absent selector selects nothing, an empty one everything.
  if (!isAbsent(selector) && isEmptySelector(selector)) return
  if (isAbsent(selector) || !matchesSelector(selector as LabelSelector, labels)) {
    problems.invalid(
      'spec.template.metadata.labels',
      Object.keys(labels).length === 0 ? null : labels,
      '`selector` does not match template `labels`',
    )
  }
}
