import { textAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** argoproj.io/Workflow. */
export const workflow: HealthCheck = (object): Health => {
  const message = textAt(object, 'status', 'message')
  switch (textAt(object, 'status', 'phase')) {
    case '':
    case 'Pending':
    case 'Running':
      return health('Progressing', message)
    case 'Succeeded':
      return health('Healthy', message)
    case 'Failed':
    case 'Error':
      return health('Degraded', message)
    default:
      return health('Unknown', message)
  }
}
