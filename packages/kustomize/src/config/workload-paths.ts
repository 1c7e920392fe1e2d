import type { FieldSpec } from './field-spec.ts'

/** Where the pod of a kind lies in it. */
const podPaths: Readonly<Record<string, string>> = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
}

/** Field specs of paths inside the pods of kinds. */
export function inPods(kinds: readonly string[], paths: readonly string[]): FieldSpec[] {
  return kinds.flatMap((kind) =>
    paths.map((path) => ({ path: `${podPaths[kind] ?? 'spec/template/spec'}/${path}`, kind })),
  )
}

/** Paths inside containers and init containers. */
export function inContainers(...paths: string[]): string[] {
  return ['containers', 'initContainers'].flatMap((list) => paths.map((path) => `${list}/${path}`))
}
