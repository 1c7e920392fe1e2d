import type { KubeObject } from '@driftless/kube-objects'
import type { KindStrategy } from '../api/served-kind.ts'
import { isObject } from '../validation/decode.ts'
import type { Definition } from './definition.ts'
import { definitionProblems, definitionUpdateProblems } from './definition-validation.ts'
import { cleanupFinalizer } from './establish.ts'

/** The rules of CustomResourceDefinitions: names filled in, first status, validity of schemas and names. */
export function definitionStrategy(base: KindStrategy): KindStrategy {
  return {
    ...base,
    hasGeneration: true,
    requiresVersion: true,
    finalizersOnDelete: [cleanupFinalizer],
    defaults(object) {
      return withDefaults(base.defaults?.(object) ?? object)
    },
    prepareForCreate(object, context) {
      base.prepareForCreate?.(object, context)
      // The server's first answer really has null conditions: they are set when the names are accepted.
      object.status = {
        conditions: null,
        acceptedNames: { plural: '', kind: '' },
        storedVersions: storageVersions(object),
      }
    },
    prepareForUpdate(next, previous, context) {
      base.prepareForUpdate?.(next, previous, context)
      const status = isObject(next.status) ? next.status : {}
      const stored: unknown[] = Array.isArray(status.storedVersions) ? status.storedVersions : []
      next.status = { ...status, storedVersions: [...new Set([...stored, ...storageVersions(next)])] }
    },
    validate(object, previous) {
      const problems = [...(base.validate?.(object, previous) ?? []), ...definitionProblems(object)]
      return previous === undefined ? problems : [...problems, ...definitionUpdateProblems(object, previous)]
    },
  }
}

function withDefaults(object: KubeObject): KubeObject {
  if (!isObject(object.spec)) return object
  const { names, conversion } = object.spec
  const kind = isObject(names) && typeof names.kind === 'string' ? names.kind : ''
  const filled = isObject(names)
    ? {
        ...names,
        ...(names.singular || kind === '' ? {} : { singular: kind.toLowerCase() }),
        ...(names.listKind || kind === '' ? {} : { listKind: `${kind}List` }),
      }
    : names
  return {
    ...object,
    spec: {
      ...object.spec,
      ...(filled === undefined ? {} : { names: filled }),
      conversion: conversion ?? { strategy: 'None' },
    },
  }
}

function storageVersions(object: KubeObject): string[] {
  const { versions } = (object as Definition).spec
  return (versions ?? []).filter((version) => version.storage).map((version) => version.name)
}
