import type { KubeObject } from '@driftless/kube-objects'
import { annotationList, annotationOf, annotations } from './annotation.ts'

/** The `Key=value` items of an object's own sync options. */
export function resourceSyncOptions(object: KubeObject | undefined): readonly string[] {
  return object === undefined ? [] : annotationList(object, annotations.syncOptions)
}

/** True when one of the objects carries exactly this option. */
export function carriesOption(option: string, ...objects: readonly (KubeObject | undefined)[]): boolean {
  return objects.some((object) => resourceSyncOptions(object).includes(option))
}

/** The value of an option: the object's own wins over the application's; undefined when neither says anything. */
export function optionValue(
  key: string,
  object: KubeObject | undefined,
  applicationOptions: readonly string[],
): string | undefined {
  const prefix = `${key}=`
  const find = (list: readonly string[]) => list.find((option) => option.startsWith(prefix))?.slice(prefix.length)
  return find(resourceSyncOptions(object)) ?? find(applicationOptions)
}

/** True when the object is kept although its application is deleted. */
export function isKeptOnDeletion(object: KubeObject, applicationOptions: readonly string[] = []): boolean {
  if (annotationOf(object, annotations.helmResourcePolicy) === 'keep') return true
  return optionValue('Delete', object, applicationOptions) === 'false'
}

/** True when pruning or deleting the object needs somebody's word first. */
export function requiresConfirmation(
  objects: readonly (KubeObject | undefined)[],
  applicationOptions: readonly string[] = [],
): boolean {
  return ['Prune=confirm', 'Delete=confirm'].some(
    (option) => applicationOptions.includes(option) || carriesOption(option, ...objects),
  )
}

/** How an object's deletion reaches what it owns. */
export type PropagationPolicy = 'foreground' | 'background' | 'orphan'

/** The propagation of prunes, foreground unless an option names another. */
export function prunePropagation(applicationOptions: readonly string[]): PropagationPolicy {
  const value = optionValue('PrunePropagationPolicy', undefined, applicationOptions)
  return value === 'background' || value === 'orphan' ? value : 'foreground'
}
