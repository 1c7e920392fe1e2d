import { describe, expect, it } from 'vitest'
import { builtInResources, builtInSchema, builtInScope, builtInTypes, schemaFromCrd } from '../index.ts'

describe('built-in schemas', () => {
  it('know merge keys, list maps, atomic maps and formats', () => {
    const pod = builtInSchema({ group: '', version: 'v1', kind: 'Pod' })?.fields?.spec?.fields
    expect(pod?.containers).toMatchObject({ list: 'map', keys: ['name'], patchKey: 'name', patchStrategy: 'merge' })
    expect(pod?.containers?.items?.fields?.ports?.items?.fields?.protocol?.default).toBe('TCP')
    expect(pod?.nodeSelector).toMatchObject({ map: 'atomic', values: { type: 'string' } })
    expect(pod?.containers?.items?.fields?.resources?.fields?.limits?.values).toEqual({
      type: 'string',
      format: 'quantity',
    })
    const claimRef = builtInSchema({ group: '', version: 'v1', kind: 'PersistentVolume' })?.fields?.spec?.fields
      ?.claimRef
    expect(claimRef?.map).toBe('granular')
    expect(builtInSchema({ group: 'x', version: 'v1', kind: 'Pod' })).toBeUndefined()
  })

  it('resolve types that contain themselves', () => {
    const crd = builtInSchema({ group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition' })
    const props = crd?.fields?.spec?.fields?.versions?.items?.fields?.schema?.fields?.openAPIV3Schema
    expect(props?.fields?.not?.fields?.not?.fields?.type).toEqual(expect.objectContaining({ type: 'string' }))
  })

  it('every resource names a type that exists', () => {
    expect(builtInResources.length).toBeGreaterThan(60)
    for (const resource of builtInResources) {
      if (resource.verbs.includes('list')) expect(builtInTypes).toHaveProperty([resource.type ?? 'none'])
    }
    expect(builtInScope({ group: 'apps', kind: 'Deployment' })).toBe('Namespaced')
    expect(builtInScope({ group: '', kind: 'Namespace' })).toBe('Cluster')
    expect(builtInScope({ group: 'x', kind: 'Y' })).toBeUndefined()
  })
})

describe('schemas of custom kinds', () => {
  it('translate the extensions and add metadata', () => {
    const schema = schemaFromCrd({
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          properties: {
            list: {
              type: 'array',
              'x-kubernetes-list-type': 'map',
              'x-kubernetes-list-map-keys': ['k'],
              items: { type: 'object' },
            },
            any: { 'x-kubernetes-preserve-unknown-fields': true },
            port: { 'x-kubernetes-int-or-string': true },
          },
        },
      },
    })
    expect(schema.fields?.spec?.fields).toEqual({
      list: { type: 'array', list: 'map', keys: ['k'], items: { type: 'object' } },
      any: { preserveUnknown: true },
      port: { intOrString: true },
    })
    expect(schema.fields?.metadata?.fields?.finalizers?.list).toBe('set')
  })
})
