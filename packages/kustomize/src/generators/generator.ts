import type { Resource } from '../resources/resource.ts'

/** One configured source of new objects. */
export type Generator = () => readonly Resource[]
