// The front door of @driftless/health: explicit names only.
export { aggregateHealth, type ManagedHealth } from './aggregate.ts'
export { assess } from './assess.ts'
export type { Health, HealthCheck } from './health.ts'
export { hookFinalizer, isHookObject } from './hook-object.ts'
export { healthChecks } from './table.ts'
