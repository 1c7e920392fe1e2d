import { listAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** Ingress of networking.k8s.io and extensions. */
export const ingress: HealthCheck = (object): Health =>
  health(listAt(object, 'status', 'loadBalancer', 'ingress').length > 0 ? 'Healthy' : 'Progressing')
