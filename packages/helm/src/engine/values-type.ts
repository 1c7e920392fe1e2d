import { type GoMap, type GoMethod, type NamedMap, toPlain } from '@driftless/go-template'
import { printYaml } from '@driftless/kube-objects'
import { type HelmVersion, helmVersions } from './helm-version.ts'

const yamlMethod: GoMethod = { params: [], call: (receiver) => printYaml(toPlain(receiver)) }
const asMapMethod: GoMethod = { params: [], call: (receiver) => ({ ...(receiver as GoMap) }) }

/** Helm's named type of values. */
export const valuesTypes: Readonly<Record<HelmVersion, NamedMap>> = {
  '3': { name: `${helmVersions['3'].package}.Values`, methods: { YAML: yamlMethod, AsMap: asMapMethod } },
  '4': { name: `${helmVersions['4'].package}.Values`, methods: { YAML: yamlMethod, AsMap: asMapMethod } },
}
