import type { ResourceSet } from '../resources/resource-set.ts'

/** One configured change of a layer's objects. */
export type Transformer = (resources: ResourceSet) => void
